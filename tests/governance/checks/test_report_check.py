from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.users.models import User
from governance.audit.models import AuditEvent
from governance.checks.actions import MOST_KEPT, MOST_NAMES, Report, report_check
from governance.checks.gathering import facts_of_revisions
from governance.checks.models import ExternalCheck
from governance.checks.queries import checks_of, reports_about
from governance.policies.outcomes import Outcome
from governance.policies.places import of_namespace
from governance.reviews.gathering import review_of
from hub.core.errors import Conflict, Forbidden, Gone, Invalid
from models_catalog.repos.actions import withdraw_repo
from tests.factories.models import commit_files, make_repo
from tests.factories.people import (
    acting,
    actor_of,
    make_robot,
    make_token,
    make_user,
)
from tests.factories.policies import ask_for
from tests.factories.reviews import make_scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def revision(ada):
    return commit_files(make_repo("leaf", owner=ada), {"a.txt": b"a"}, by=ada)


def say(revision, by, state="success", name="ci", **more):
    report = Report(name=name, state=state, **more)
    return report_check(revision.repo, revision, report=report, actor=acting(by))


def events():
    return AuditEvent.objects.filter(name="check:reported").count()


def test_the_newest_report_of_a_name_counts_and_the_others_are_kept(revision, ada):
    say(revision, ada, "pending")
    say(revision, ada, "failure", summary="3 tests failed", link="https://ci.example.org/1")
    say(revision, ada, "success", name="bias")

    assert [(c.name, c.state) for c in checks_of(revision)] == [
        ("bias", "success"),
        ("ci", "failure"),
    ]
    assert len(reports_about(revision)) == 3
    facts = facts_of_revisions([revision])[revision.pk]
    assert (facts.reports["ci"].state, facts.reports["ci"].summary) == ("failure", "3 tests failed")


def test_saying_the_same_again_changes_nothing(revision, ada):
    first = say(revision, ada, summary="fine")

    assert say(revision, ada, summary=" fine ") == first
    assert (ExternalCheck.objects.count(), events()) == (1, 1)


def test_a_report_is_about_one_revision(revision, ada):
    say(revision, ada)
    after = commit_files(revision.repo, {"b.txt": b"b"}, by=ada)

    assert not checks_of(after)


def test_only_people_who_may_write_report(revision):
    with pytest.raises(Forbidden):
        say(revision, make_user("stranger"))

    assert (ExternalCheck.objects.count(), events()) == (0, 0)


def test_nothing_is_reported_about_a_withdrawn_model(revision, ada):
    withdraw_repo(revision.repo, reason="Wrong.", actor=acting(ada))

    with pytest.raises(Gone):
        say(revision, ada)


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("name", {"name": ""}),
        ("name", {"name": "<b>"}),
        ("name", {"name": "x" * 81}),
        ("state", {"state": "green"}),
        ("summary", {"summary": "x" * 501}),
        ("link", {"link": "javascript:alert(1)"}),
        ("link", {"link": "//example.org"}),
        ("link", {"link": "https://"}),
        ("link", {"link": "https://hub.example@evil.example/"}),
        ("link", {"link": "https://example.org/a b"}),
        ("link", {"link": "https://example.org\\@evil.example"}),
        ("link", {"link": "https://[1"}),
        ("link", {"link": "https://example.org/" + "x" * 1000}),
    ],
)
def test_a_report_that_cannot_be_shown_safely_is_refused(field, said, revision, ada):
    with pytest.raises(Invalid) as refused:
        say(revision, ada, **said)

    assert refused.value.field == field
    assert (ExternalCheck.objects.count(), events()) == (0, 0)


def test_history_is_bounded(revision, ada):
    for number in range(MOST_KEPT + 3):
        say(revision, ada, summary=str(number))

    kept = [check.summary for check in reports_about(revision)]
    assert (len(kept), kept[0]) == (MOST_KEPT, str(MOST_KEPT + 2))


def test_names_are_bounded(revision, ada):
    ExternalCheck.objects.bulk_create(
        ExternalCheck(
            repo=revision.repo, revision=revision, name=f"n{n}", state="success", reported_by=ada
        )
        for n in range(MOST_NAMES)
    )

    with pytest.raises(Conflict):
        say(revision, ada, name="one more")
    assert say(revision, ada, "failure", name="n1").is_current


@pytest.fixture
def scene():
    return make_scene()


def required(scene, **more):
    ask_for(of_namespace(scene.repo.namespace), {"external_checks": {"names": ["ci"]} | more})


def outcome(scene):
    return next(c.outcome for c in review_of(scene.fresh()).checks if c.rule == "external_checks")


def test_whoever_may_write_has_no_say_about_a_check_that_is_required(scene):
    required(scene)

    with pytest.raises(Forbidden, match="service accounts"):
        say(scene.change.head, scene.maker)

    assert (ExternalCheck.objects.count(), events()) == (0, 0)
    [tried] = AuditEvent.objects.filter(name="attempt:refused")
    assert tried.data["on"] == "check ci"


def test_what_was_reported_before_it_was_required_counts_for_nothing(scene):
    say(scene.change.head, scene.maker)

    required(scene)

    assert outcome(scene) == Outcome.PENDING


def test_a_service_account_of_the_organisation_speaks_where_nobody_is_named(scene):
    required(scene)

    say(scene.change.head, make_robot(scene.organization, roles=(Role.CONTRIBUTOR,)).user)

    assert outcome(scene) == Outcome.PASS


def test_an_account_that_the_policy_names_reports_without_a_right_to_write(scene):
    named = scene.member(Role.AUDITOR, "bench")
    ask_for(
        of_namespace(scene.repo.namespace),
        {"external_checks": {"names": ["ci"], "reporters": ["bench"]}},
    )

    say(scene.change.head, named)

    assert outcome(scene) == Outcome.PASS
    robot = make_robot(scene.organization, roles=(Role.CONTRIBUTOR,)).user
    with pytest.raises(Forbidden, match="bench"):
        say(scene.change.head, robot)


def test_a_token_that_may_only_read_does_not_speak_for_the_account_that_is_named(scene):
    named = scene.member(Role.AUDITOR, "bench")
    ask_for(
        of_namespace(scene.repo.namespace),
        {"external_checks": {"names": ["ci"], "reporters": ["bench"]}},
    )

    with pytest.raises(Forbidden):
        report_check(
            scene.repo,
            scene.change.head,
            report=Report("ci", "success"),
            actor=actor_of(make_token(named)),
        )


def test_the_word_of_an_account_that_was_stopped_counts_no_longer(scene):
    required(scene)
    robot = make_robot(scene.organization, roles=(Role.CONTRIBUTOR,)).user
    say(scene.change.head, robot)

    User.objects.filter(pk=robot.pk).update(is_active=False)

    assert outcome(scene) == Outcome.PENDING


def test_who_pushed_to_a_change_does_not_vouch_for_it(scene):
    ask_for(
        of_namespace(scene.repo.namespace),
        {"external_checks": {"names": ["ci"], "reporters": [scene.maker.username]}},
    )

    say(scene.change.head, scene.maker)

    assert outcome(scene) == Outcome.PENDING
