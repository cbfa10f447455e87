from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from hub.core.idempotency.actions import KEPT_FOR, begin_once, sweep_answers
from hub.core.idempotency.models import KeptAnswer
from models_catalog.repos.models import Repo
from tests.factories.api import Program
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]

NEW = {"namespace": "ada", "name": "minilm"}


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def program(ada):
    return Program(ada)


def test_a_request_that_is_sent_again_is_answered_again_and_carried_out_once(program):
    first = program.post("/models", NEW, Idempotency_Key="k1")
    again = program.post("/models", NEW, Idempotency_Key="k1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert again.content == first.content
    assert again.headers["Location"] == first.headers["Location"]
    assert again.headers["ETag"] == first.headers["ETag"]
    assert again.headers["Content-Type"] == first.headers["Content-Type"]
    assert again.headers["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first.headers
    assert Repo.objects.count() == 1


def test_a_key_of_another_request_is_refused(program):
    program.post("/models", NEW, Idempotency_Key="k1")

    answer = program.post("/models", NEW | {"name": "other"}, Idempotency_Key="k1")

    assert (answer.status_code, answer.json()["code"]) == (422, "key_reused")
    assert Repo.objects.count() == 1


def test_while_the_first_is_running_the_second_is_told_to_wait(program):
    whole = b"\0".join(
        [b"/api/v1/models", b"application/json", b'{"namespace": "ada", "name": "minilm"}']
    )
    begin_once("k1", route="POST /api/v1/models", request=whole, actor=program.actor)

    answer = program.post("/models", NEW, Idempotency_Key="k1")

    assert (answer.status_code, answer.json()["code"]) == (409, "in_progress")
    assert not Repo.objects.exists()


def test_a_request_that_was_killed_keeps_its_key_no_longer_than_a_request_may_take(program):
    whole = b"\0".join(
        [b"/api/v1/models", b"application/json", b'{"namespace": "ada", "name": "minilm"}']
    )
    begin_once("k1", route="POST /api/v1/models", request=whole, actor=program.actor)

    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        assert program.post("/models", NEW, Idempotency_Key="k1").status_code == 201


def test_a_refused_request_may_be_tried_again_with_its_key(program):
    refused = program.post("/models", {"namespace": "ada", "name": "a b"}, Idempotency_Key="k1")
    mended = program.post("/models", NEW, Idempotency_Key="k1")

    assert (refused.status_code, mended.status_code) == (400, 201)


def test_keys_of_two_people_are_two_keys(program):
    grace = Program(make_user("grace"))
    program.post("/models", NEW, Idempotency_Key="k1")

    answer = grace.post("/models", {"namespace": "grace", "name": "minilm"}, Idempotency_Key="k1")

    assert answer.status_code == 201


@pytest.mark.parametrize("key", ["", " ", "x" * 256, "ä", "a\tb"])
def test_a_key_that_is_none_is_refused(program, key):
    answer = program.post("/models", NEW, Idempotency_Key=key)

    assert answer.status_code == 400
    assert answer.json()["errors"][0]["field"] == "Idempotency-Key"


def test_a_day_later_a_key_is_new(program):
    program.post("/models", NEW, Idempotency_Key="k1")

    with time_machine.travel(timezone.now() + KEPT_FOR + timedelta(seconds=1)):
        answer = program.post("/models", NEW | {"name": "other"}, Idempotency_Key="k1")

    assert answer.status_code == 201


def test_old_answers_are_swept_and_young_ones_stay(ada):
    actor = acting(ada)
    old = begin_once("k1", route="r", request=b"", actor=actor)
    begin_once("k2", route="r", request=b"", actor=actor)
    KeptAnswer.objects.filter(pk=old.pk).update(begun_at=timezone.now() - timedelta(hours=25))

    assert sweep_answers() == 1
    assert KeptAnswer.objects.count() == 1


def test_a_form_with_a_key_is_refused_like_any_form(program):
    answer = program.client.post(
        "/api/v1/models", NEW, headers=program.headers | {"Idempotency-Key": "k"}
    )

    assert answer.status_code == 415
