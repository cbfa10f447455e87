"""Bytes that arrive, are judged and are collected at the same moment, each with a connection of its own."""

from __future__ import annotations

import threading

import pytest
from django.db import connection, transaction

from hub.core.actor import SYSTEM, Actor
from hub.core.errors import Blocked
from models_catalog.storage import staging
from models_catalog.storage.actions import (
    erase,
    mark_deleted,
    receive_blob,
    receive_staged,
    record_verdict,
)
from models_catalog.storage.models import Blob, BlobReceipt, BlobState, Verdict
from models_catalog.storage.places import key_of, settle
from models_catalog.storage.queries import open_blob
from models_catalog.storage.store import store
from tests.factories.people import acting, make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]


@pytest.fixture
def actor() -> Actor:
    return acting(make_user("ada"))


def test_the_same_new_bytes_from_many_senders_are_one_blob(at_once):
    actors = [acting(make_user(f"sender{number}")) for number in range(4)]
    start = threading.Barrier(4)

    def send(actor: Actor) -> Blob:
        start.wait()
        return receive_blob([b"sent by all of them"], actor=actor)

    blobs = [each.result() for each in [at_once(lambda a=actor: send(a)) for actor in actors]]

    assert len({blob.pk for blob in blobs}) == 1
    assert BlobReceipt.objects.filter(blob=blobs[0]).count() == 4


def test_the_same_new_bytes_sent_twice_by_one_person_are_one_receipt(at_once, actor):
    start = threading.Barrier(2)

    def send() -> Blob:
        start.wait()
        return receive_blob([b"sent twice"], actor=actor)

    blobs = [each.result() for each in [at_once(send), at_once(send)]]

    assert blobs[0] == blobs[1]
    assert BlobReceipt.objects.filter(blob=blobs[0]).count() == 1


def test_bytes_that_are_found_dangerous_while_they_arrive_again_stay_out_of_reach(
    at_once, until_somebody_waits, actor
):
    blob = receive_blob([b"evil while arriving"], actor=actor)
    staging.append("again", offset=0, chunks=[b"evil while arriving"], limit=100)

    with transaction.atomic():
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)
        arriving = at_once(lambda: receive_staged("again", actor=actor))
        until_somebody_waits()
    with pytest.raises(Blocked):
        arriving.result()
    staging.discard("again")

    assert store().size(key_of(blob.sha256, BlobState.STORED)) is None
    assert store().size(key_of(blob.sha256, BlobState.QUARANTINED)) == blob.size


def test_bytes_that_arrive_again_while_they_are_collected_are_there(
    at_once, until_somebody_waits, actor
):
    blob = receive_blob([b"collected while arriving"], actor=actor)
    with transaction.atomic():
        mark_deleted(Blob.objects.select_for_update().get(pk=blob.pk), actor=SYSTEM)

    with transaction.atomic():
        erase(blob)
        arriving = at_once(lambda: receive_blob([b"collected while arriving"], actor=actor))
        until_somebody_waits()
    blob = arriving.result()

    with open_blob(blob) as file:
        assert file.read() == b"collected while arriving"
    assert erase(blob) == 0
    assert Blob.objects.get(pk=blob.pk).state == BlobState.STORED


def test_a_move_that_was_overtaken_does_not_undo_the_later_one(actor):
    blob = receive_blob([b"judged twice"], actor=actor)
    record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)
    record_verdict(blob, verdict=Verdict.SAFE, ruleset="r2", actor=SYSTEM)

    settle(blob.pk)  # the move of the first verdict, late

    assert store().size(key_of(blob.sha256, BlobState.STORED)) == blob.size
    assert store().size(key_of(blob.sha256, BlobState.QUARANTINED)) is None
