"""Granting protected moves while something else happens: no state that its final facts would refuse."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from django.db import connection

from governance.policies.actions import change_preset
from governance.reviews.actions import decide
from governance.reviews.requests.actions import ask_for, grant_request
from governance.reviews.requests.kinds import Wish
from governance.reviews.requests.models import ReviewRequest
from hub.core.errors import DomainError
from models_catalog.changes.actions import merge_change
from models_catalog.stages.models import StageMove
from models_catalog.stages.queries import stage_now
from tests.factories.models import propose
from tests.factories.people import acting
from tests.factories.reviews import ReviewedScene, approve, finish_scan, make_scene, with_reviewer

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]


@dataclass
class Agreed(ReviewedScene):
    requests: list[ReviewRequest]


@pytest.fixture
def agreed() -> Agreed:
    """Two released versions, and two requests to put one of them in production, both agreed to."""
    scene = with_reviewer(make_scene())
    requests = []
    for content in (None, b"other weights"):
        change = scene.change
        if content is not None:
            change = propose(scene.repo, {"model.safetensors": content}, by=scene.maker)
            finish_scan(change.head)
        approve(change, scene.reviewer)
        version = merge_change(change, actor=acting(scene.maker)).version
        wish = Wish(scene.repo, version, details={"target": "stage", "name": "production"})
        request = ask_for(wish, kind="promote", reason="Ready.", actor=acting(scene.maker))
        decide(
            request,
            kind="approve",
            actor=acting(scene.reviewer),
            expected_sha1=request.revision.sha1,
        )
        requests.append(request)
    return Agreed(**vars(scene), requests=requests)


def test_two_promotions_granted_at_once_are_one(outcomes, agreed):
    maker = acting(agreed.maker)

    done = outcomes(*[lambda r=r: grant_request(r, actor=maker) for r in agreed.requests])

    assert sorted(isinstance(each, DomainError) for each in done) == [False, True]
    standing = StageMove.objects.filter(stage="production", ended_at=None)
    granted = next(each for each in done if not isinstance(each, DomainError))
    assert [move.review for move in standing] == [granted.discussion.number]


def test_one_promotion_granted_twice_at_once_moves_once(outcomes, agreed):
    request, maker = agreed.requests[0], acting(agreed.maker)

    done = outcomes(*[lambda: grant_request(request, actor=maker)] * 2)

    assert sorted(isinstance(each, DomainError) for each in done) == [False, True]
    assert StageMove.objects.filter(stage="production").count() == 1


def test_a_policy_tightened_while_promoting_lets_no_version_in_afterwards(outcomes, agreed):
    request, owner = agreed.requests[0], acting(agreed.owner)

    granted, tightened = outcomes(
        lambda: grant_request(request, actor=acting(agreed.maker)),
        lambda: change_preset(agreed.organization, preset="strict", reason="So.", actor=owner),
    )

    assert not isinstance(tightened, DomainError)
    is_in = stage_now(request.version) is not None
    assert is_in != isinstance(granted, DomainError)
