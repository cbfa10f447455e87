"""Who has a part in a change besides having pushed to it, as the rule about separate duties sees it."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from accounts.namespaces.models import Preset
from governance.checks.actions import Report, report_check
from governance.policies.outcomes import Outcome
from governance.policies.places import of_namespace
from governance.reviews.gathering import review_of, reviews_of
from models_catalog.changes.actions import add_to_change, open_change
from tests.factories.models import additions
from tests.factories.people import acting, make_robot
from tests.factories.policies import ask_for
from tests.factories.reviews import CARD, approve, finish_scan, make_scene

pytestmark = pytest.mark.django_db


def outcome(review, rule="separation"):
    return next(check.outcome for check in review.checks if check.rule == rule)


@pytest.fixture
def scene():
    made = make_scene(Preset.LIGHT)
    ask_for(of_namespace(made.repo.namespace), {"approvals": {"count": 1}, "separation": {}})
    return made


def test_the_approval_of_somebody_without_a_part_counts(scene):
    approve(scene.change, scene.member(Role.REVIEWER))

    assert outcome(review_of(scene.fresh())) == Outcome.PASS


def test_who_made_the_card_elsewhere_in_the_model_has_a_part(scene):
    """The same card was first committed by the one who approves here."""
    writer = scene.member(Role.MAINTAINER)
    other = open_change(
        scene.repo,
        operations=additions({"README.md": CARD}, actor=acting(writer)),
        title="The card",
        actor=acting(writer),
    )
    finish_scan(other.head)
    add_to_change(
        scene.change,
        operations=additions({"README.md": CARD}, actor=acting(scene.maker)),
        message="Take the card",
        actor=acting(scene.maker),
    )
    finish_scan(scene.fresh().head)
    approve(scene.fresh(), writer)

    review = review_of(scene.fresh())

    assert writer.pk in review.facts.parts["card"]
    assert outcome(review, "approvals") == Outcome.PASS
    assert outcome(review) == Outcome.DECIDE


def test_lists_see_the_same_parts_as_the_page(scene):
    change = scene.fresh()

    assert reviews_of([change])[change.pk].facts.parts == review_of(change).facts.parts


def test_a_change_that_waits_for_a_program_alone_is_not_looked_at_every_moment(scene, client):
    ask_for(of_namespace(scene.repo.namespace), {"external_checks": {"names": ["ci"]}})
    client.force_login(scene.owner)
    page = "/savanna/leaf/discussions/1"

    waiting = client.get(page).content.decode()
    robot = make_robot(scene.organization, roles=(Role.CONTRIBUTOR,)).user
    report_check(scene.repo, scene.change.head, report=Report("ci", "success"), actor=acting(robot))

    assert "Waits for a check" in waiting
    assert "data-poll" not in waiting
    assert outcome(review_of(scene.fresh()), "external_checks") == Outcome.PASS
