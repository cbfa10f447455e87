"""A leaked token that may little does little: not through any door, and not with the answers to another token."""

from __future__ import annotations

import pytest
from django.utils import timezone

from accounts.authz.policy import Role
from accounts.orgs.actions import remove_member
from accounts.tokens.actions import Limits, create_token
from governance.reviews.queries import standing_decisions
from governance.reviews.waivers import waive
from models_catalog.repos.models import Repo
from models_catalog.storage.models import Verdict
from models_catalog.uploads.actions.sessions import start_upload
from models_catalog.uploads.models import Upload
from tests.factories.api import Program
from tests.factories.models import make_repo
from tests.factories.people import acting, make_team, make_user
from tests.factories.reviews import make_scene, object_to

pytestmark = [pytest.mark.django_db, pytest.mark.data]

CHANGE = "/models/savanna/leaf/changes/1"
LISTS = ["", "?view=all", "?view=own", "?view=author", "?view=decided"]


def limited_to(repo, user, *, scope="admin"):
    """A program whose token counts for one model alone."""
    _, secret = create_token("ci", scope=scope, limits=Limits(repos=[repo.pk]), actor=acting(user))
    program = Program()
    program.headers["Authorization"] = f"Bearer {secret}"
    return program


def listed(program):
    return [
        each["title"]
        for query in LISTS
        for each in program.get(f"/me/reviews{query}").json()["items"]
    ]


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_that_decides_nothing_takes_no_objection_back(scope):
    scene = make_scene()
    reviewer = scene.member(Role.REVIEWER)
    object_to(scene.change, reviewer)

    answer = Program(reviewer, scope=scope)("DELETE", f"{CHANGE}/decisions/mine")

    assert answer.status_code == 403
    assert standing_decisions(scene.change).count() == 1


@pytest.mark.parametrize("scope", ["read", "write"])
def test_a_token_that_decides_nothing_ends_no_waiver(scope):
    scene = make_scene(verdict=Verdict.UNSCANNABLE)
    reviewer = scene.member(Role.REVIEWER)
    given = waive(
        scene.change,
        path="config.json",
        reason="Read it.",
        days=7,
        actor=acting(reviewer),
        expected_sha1=scene.change.head.sha1,
    )

    answer = Program(reviewer, scope=scope)("DELETE", f"{CHANGE}/waivers/{given.pk}")

    assert answer.status_code == 403


@pytest.mark.parametrize("scope", ["write", "admin"])
def test_a_token_of_one_model_adds_no_other(scope):
    scene = make_scene()
    own = make_repo("own", owner=scene.maker)

    answer = limited_to(own, scene.maker, scope=scope).post(
        "/models", {"namespace": scene.maker.username, "name": "new"}
    )

    assert answer.status_code == 403
    assert not Repo.objects.filter(name="new").exists()


def test_a_token_of_one_model_lists_no_unreleased_change_of_another():
    scene = make_scene()
    Repo.objects.filter(pk=scene.repo.pk).update(first_released_at=timezone.now())  # readers see it
    reviewer = scene.member(Role.REVIEWER)
    elsewhere = [make_repo("own", owner=person) for person in (scene.maker, reviewer)]
    assert "Sort more leaves" in listed(Program(reviewer))

    makers, reviewers = limited_to(elsewhere[0], scene.maker), limited_to(elsewhere[1], reviewer)

    assert listed(makers) == []
    assert listed(reviewers) == []


def test_who_has_left_finds_no_unreleased_change_in_their_lists():
    scene = make_scene()
    Repo.objects.filter(pk=scene.repo.pk).update(first_released_at=timezone.now())  # readers see it
    reviewer = scene.member(Role.REVIEWER)
    object_to(scene.change, reviewer)
    for person in (scene.maker, reviewer):
        remove_member(scene.organization, person, actor=acting(scene.owner))

    assert listed(Program(scene.maker)) == []
    assert listed(Program(reviewer)) == []


def test_a_token_does_not_read_with_a_key_what_another_was_answered():
    scene = make_scene()
    body = {"namespace": scene.maker.username, "name": "new", "visibility": "private"}
    Program(scene.maker).post("/models", body, Idempotency_Key="k")

    answer = Program(scene.maker, scope="read").post("/models", body, Idempotency_Key="k")

    assert answer.status_code == 422
    assert answer.json()["code"] == "key_reused"


def test_a_token_that_may_only_read_throws_no_upload_away():
    scene = make_scene()
    upload = start_upload(scene.repo, actor=acting(scene.maker))

    answer = Program(scene.maker, scope="read")(
        "DELETE", f"/models/savanna/leaf/uploads/{upload.public_id}"
    )

    assert answer.status_code == 403
    assert Upload.objects.filter(pk=upload.pk).exists()


def test_a_token_of_one_model_finds_no_upload_to_another():
    ada = make_user("ada")
    own, other = make_repo("own", owner=ada), make_repo("other", owner=ada)
    address = f"/models/ada/other/uploads/{start_upload(other, actor=acting(ada)).public_id}"

    assert limited_to(other, ada).get(address).status_code == 200
    assert limited_to(own, ada).get(address).status_code == 404


def test_a_token_of_one_model_is_told_of_no_team():
    scene = make_scene()
    make_team(scene.organization, "field", scene.maker)
    limited = limited_to(scene.repo, scene.maker)

    assert limited.get("/orgs/savanna/teams").status_code == 404
    assert limited.get("/orgs/savanna/teams/field").status_code == 404
    assert limited.get("/me/teams").json()["items"] == []


def test_a_token_that_may_only_read_is_refused_before_its_upload_is_looked_at():
    scene = make_scene()
    upload = start_upload(scene.repo, actor=acting(scene.maker))

    answer = Program(scene.maker, scope="read").post(
        f"/models/savanna/leaf/uploads/{upload.public_id}/commit", {}
    )

    assert answer.status_code == 403
