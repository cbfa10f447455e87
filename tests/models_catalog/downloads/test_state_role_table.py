"""The table of ARCHITECTURE §4, row by row: who may see and fetch what."""

from __future__ import annotations

import pytest

from hub.core.actor import ANONYMOUS
from hub.core.errors import DomainError
from models_catalog.downloads.actions import open_file
from models_catalog.repos.actions import accept_terms, change_settings, withdraw_repo
from models_catalog.repos.queries import get_repo
from models_catalog.revisions.actions import move_ref
from models_catalog.revisions.queries import head_of
from models_catalog.storage.models import Verdict
from tests.factories.models import judge, judge_all, make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

WHO = ("anonymous", "stranger", "reader", "contributor", "reviewer", "security", "instance")
ROLES = {
    "reader": "reader",
    "contributor": "contributor",
    "reviewer": "reviewer",
    "security": "security_reviewer",
}


class World:
    """A reviewed model with one file, and somebody in each position towards it."""

    def __init__(self) -> None:
        self.owner = make_user("owner")
        self.organization = make_organization("savanna", self.owner)
        self.repo = make_repo("model", owner=self.owner, organization=self.organization)
        self.change = propose(self.repo, {"w.bin": b"weights"}, by=self.owner)
        self.actors = {"anonymous": ANONYMOUS, "stranger": acting(make_user("stranger"))}
        for name, role in ROLES.items():
            self.actors[name] = acting(
                add_member(self.organization, make_user(f"the-{name}"), role)
            )
        self.actors["instance"] = acting(make_user("guard", is_instance_security=True))

    def publish(self, verdict: Verdict = Verdict.SAFE) -> None:
        head, main = self.change.head, head_of(self.repo, "main")
        assert main is not None
        move_ref(self.repo, ref="main", expected=main, target=head, actor=acting(self.owner))
        release(self.repo, head, by=self.owner)
        judge_all(head)
        judge(head, "w.bin", verdict)
        self.repo.refresh_from_db()

    def settings(self, *, visibility: str = "public", terms: str = "") -> None:
        change_settings(
            self.repo,
            visibility=visibility,
            gating="terms" if terms else "none",
            gating_terms=terms,
            actor=acting(self.owner),
        )

    def answers(self, revision: str = "main", *, purpose: str = "") -> dict[str, int]:
        """The status that each of them is answered with when they fetch the file: 200 is the bytes."""
        return {who: self.answer(who, revision, purpose=purpose) for who in WHO}

    def answer(self, who: str, revision: str, *, purpose: str = "") -> int:
        actor = self.actors[who]
        try:
            repo = get_repo(namespace="savanna", name="model", actor=actor)
            open_file(repo, revision, "w.bin", actor=actor, purpose=purpose)
        except DomainError as error:
            return error.status
        return 200


@pytest.fixture
def world():
    return World()


def expected(**statuses: int) -> dict[str, int]:
    return {who: statuses.get(who, statuses["others"]) for who in WHO}


def test_before_its_first_release_a_reviewed_model_is_for_insiders(world):
    judge_all(world.change.head)

    answers = world.answers("refs/pr/1")

    assert answers == expected(anonymous=404, stranger=404, reader=404, others=200)


def test_a_released_model_is_for_everybody(world):
    world.publish()

    assert world.answers() == expected(others=200)


def test_unreleased_commits_of_a_released_model_are_for_insiders(world):
    world.publish()
    newer = propose(world.repo, {"w.bin": b"newer"}, by=world.owner)
    judge_all(newer.head)

    for name in (newer.ref_name, newer.head.sha1):
        assert world.answers(name) == expected(anonymous=404, stranger=404, reader=404, others=200)


def test_a_private_model_is_for_members(world):
    world.publish()
    world.settings(visibility="private")

    assert world.answers() == expected(anonymous=404, stranger=404, others=200)


def test_an_internal_model_is_for_people_who_are_signed_in(world):
    world.publish()
    world.settings(visibility="internal")

    assert world.answers() == expected(anonymous=404, others=200)


def test_a_gated_model_asks_readers_to_accept_its_terms(world):
    world.publish()
    world.settings(terms="Be kind.")

    assert world.answers() == expected(anonymous=401, stranger=403, reader=403, others=200)


def test_an_accepted_gate_opens_until_the_terms_change(world):
    world.publish()
    world.settings(terms="Be kind.")
    world.repo.refresh_from_db()
    accept_terms(world.repo, actor=world.actors["stranger"])
    opened = world.answer("stranger", "main")

    world.settings(terms="Be very kind.")

    assert (opened, world.answer("stranger", "main")) == (200, 403)


@pytest.mark.parametrize("verdict", [Verdict.PENDING, Verdict.ERROR])
def test_what_scanning_has_not_cleared_is_for_insiders(world, verdict):
    world.publish(verdict)

    assert world.answers() == expected(anonymous=423, stranger=423, reader=423, others=200)


@pytest.mark.parametrize("verdict", [Verdict.UNSCANNABLE, Verdict.SUSPICIOUS])
def test_what_needs_a_look_is_handed_out_with_a_notice(world, verdict):
    world.publish(verdict)

    opened = open_file(world.repo, "main", "w.bin", actor=ANONYMOUS)

    assert world.answers() == expected(others=200)
    assert opened.report.verdict == verdict


def test_what_is_dangerous_is_handed_out_to_nobody(world):
    world.publish(Verdict.DANGEROUS)

    assert world.answers() == expected(others=403)


def test_the_security_role_alone_fetches_dangerous_files_and_writes_why(world):
    world.publish(Verdict.DANGEROUS)

    answers = world.answers(purpose="To report it upstream")

    assert answers == expected(security=200, instance=200, others=403)


def test_a_withdrawn_model_is_gone_for_everybody(world):
    world.publish()
    withdraw_repo(world.repo, reason="Leaked names", actor=acting(world.owner))

    assert world.answers() == expected(others=410)
    assert world.answers(purpose="To look at it") == expected(
        security=200, instance=200, others=410
    )


def test_a_path_that_nobody_has_judged_by_its_name_is_not_handed_out(world):
    world.publish()
    world.change.head.context_ruleset = ""
    world.change.head.save()

    assert world.answer("anonymous", "main") == 423


def test_a_token_without_the_right_sees_no_more_than_a_stranger(world):
    judge_all(world.change.head)
    actor = world.actors["contributor"]
    limited = type(actor)(user=actor.user, means=actor.means, rights=frozenset())
    world.actors["contributor"] = limited

    assert world.answer("contributor", "refs/pr/1") == 404
