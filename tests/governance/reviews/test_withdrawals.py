"""Taking one version back by a review."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from governance.reviews.actions import decide
from governance.reviews.requests.actions import ask_for, grant_request
from governance.reviews.requests.kinds import Wish
from hub.core.errors import Conflict, DomainError, Invalid
from hub.core.gates import GateShut
from models_catalog.changes.actions import merge_change
from models_catalog.changes.models import DiscussionState
from models_catalog.lifecycle.actions import yank_version
from models_catalog.stages.actions import set_alias
from models_catalog.versions.models import VersionState
from tests.accounts.recording import names, recording
from tests.factories.api import Program
from tests.factories.people import acting
from tests.factories.reviews import approve

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(scene):
    """The scene with its change merged: version 1 is released."""
    scene.reviewer = scene.member(Role.REVIEWER)
    approve(scene.change, scene.reviewer)
    scene.version = merge_change(scene.change, actor=acting(scene.maker)).version
    scene.repo.refresh_from_db()
    return scene


def asked(scene, **details):
    wish = Wish(scene.repo, scene.version, details=details)
    return ask_for(wish, kind="withdraw", reason="It is wrong.", actor=acting(scene.maker))


def agree(scene, request):
    decide(request, kind="approve", actor=acting(scene.reviewer), expected_sha1=request.head.sha1)


def test_a_version_is_yanked_when_somebody_else_agrees(released):
    request = asked(released)
    with pytest.raises(GateShut):
        grant_request(request, actor=acting(released.owner))
    agree(released, request)

    with recording() as events:
        grant_request(request, actor=acting(released.owner))

    assert "version:yanked" in names(events)
    released.version.refresh_from_db()
    assert released.version.yanked_reason == "It is wrong."
    assert released.version.state == VersionState.RELEASED
    request.discussion.refresh_from_db()
    assert request.discussion.state == DiscussionState.GRANTED


def test_a_version_is_withdrawn_where_that_was_asked(released):
    request = asked(released, act="withdraw")
    agree(released, request)

    grant_request(request, actor=acting(released.owner))

    released.version.refresh_from_db()
    assert released.version.state == VersionState.WITHDRAWN
    released.repo.refresh_from_db()
    assert not released.repo.is_withdrawn


@pytest.mark.parametrize("though_needed", [False, True])
def test_what_others_rely_on_goes_only_when_that_was_asked(released, though_needed):
    set_alias(released.repo, "champion", released.version, actor=acting(released.owner))
    request = asked(released, though_needed=though_needed)
    agree(released, request)

    if though_needed:
        grant_request(request, actor=acting(released.owner))
    else:
        with pytest.raises(DomainError, match="champion"):
            grant_request(request, actor=acting(released.owner))

    released.version.refresh_from_db()
    assert (released.version.yanked_at is not None) is though_needed


def test_what_was_yanked_meanwhile_is_not_yanked_again(released):
    request = asked(released)
    agree(released, request)
    yank_version(released.version, reason="Now.", actor=acting(released.owner))

    with pytest.raises(Conflict):
        grant_request(request, actor=acting(released.owner))
    with pytest.raises(Conflict):
        asked(released, act="yank")


def test_only_what_can_be_done_to_a_version_is_asked(released):
    with pytest.raises(Invalid):
        asked(released, act="burn")


def test_yanking_and_withdrawing_are_asked_beside_each_other_but_each_once(released):
    asked(released)
    asked(released, act="withdraw")

    with pytest.raises(Conflict, match="asked already"):
        asked(released)


def test_a_page_and_a_program_ask_for_it(released, client):
    client.force_login(released.maker)
    page = "/savanna/leaf/discussions/ask?kind=withdraw"
    form = client.get(page).content.decode()
    sent = client.post(page, {"what": "yank:1", "reason": "It is wrong."})
    body = {"kind": "withdraw", "version": 1, "act": "withdraw", "reason": "It is wrong."}
    made = Program(released.maker, scope="write").post("/models/savanna/leaf/requests", body)

    assert 'value="withdraw:1"' in form
    assert sent.status_code == 302
    assert "Yank" in client.get(sent.url).content.decode()
    assert (made.status_code, made.json()["approvals"]["needed"]) == (201, 1)
    assert made.json()["due_at"] > made.json()["created_at"]
