from __future__ import annotations

import hashlib

import pytest

from hub.core.actor import ANONYMOUS, SYSTEM
from hub.core.errors import Blocked, Conflict, Invalid, SignInRequired, TooLarge
from models_catalog.storage import staging
from models_catalog.storage.actions import receive_blob, receive_staged, record_verdict
from models_catalog.storage.models import Blob, BlobReceipt, BlobState, Verdict
from models_catalog.storage.queries import local_path, open_blob, stored_key
from models_catalog.storage.store import staging_dir, store
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def actor():
    return acting(make_user("ada"))


def test_the_digest_is_computed_here(actor):
    blob = receive_blob([b"hello ", b"world"], actor=actor)

    assert blob.sha256 == hashlib.sha256(b"hello world").hexdigest()
    assert blob.size == 11
    with open_blob(blob) as file:
        assert file.read() == b"hello world"


def test_a_small_file_has_the_id_that_git_gives_it(actor):
    blob = receive_blob([b"hello\n"], actor=actor)

    assert blob.git_sha1 == "ce013625030ba8dba906f756967f9e9ca394464a"


def test_a_wrong_claim_stores_nothing(actor):
    with pytest.raises(Invalid, match="changed on the way"):
        receive_blob([b"hello"], actor=actor, expected_sha256="0" * 64)

    assert not Blob.objects.exists()
    assert not list(staging_dir().iterdir())


def test_fewer_bytes_than_announced_are_refused(actor):
    with pytest.raises(Invalid, match="5 bytes arrived, but 6"):
        receive_blob([b"hello"], actor=actor, expected_size=6)


def test_more_bytes_than_announced_are_refused(actor):
    with pytest.raises(TooLarge):
        receive_blob([b"hello"], actor=actor, expected_size=4)


def test_no_announcement_is_larger_than_the_hub_takes(actor, settings):
    settings.MAX_FILE_BYTES = 4

    with pytest.raises(TooLarge, match="5 bytes were announced"):
        receive_blob([b"hello"], actor=actor, expected_size=5)

    assert not list(staging_dir().iterdir())


def test_strangers_store_nothing():
    with pytest.raises(SignInRequired):
        receive_blob([b"hello"], actor=ANONYMOUS)


def test_the_same_bytes_are_stored_once_and_both_senders_have_a_receipt(actor):
    other = acting(make_user("grace"))

    first, second = receive_blob([b"same"], actor=actor), receive_blob([b"same"], actor=other)

    assert first.pk == second.pk
    assert BlobReceipt.objects.filter(blob=first).count() == 2


def test_blocks_may_arrive_one_by_one_and_another_process_may_finish(actor):
    staging.append("resumed", offset=0, chunks=[b"hello "], limit=11)
    staging._digests._states.clear()
    staging.append("resumed", offset=6, chunks=[b"world"], limit=11)

    blob = receive_staged("resumed", actor=actor)

    assert blob.sha256 == hashlib.sha256(b"hello world").hexdigest()


def test_a_block_at_the_wrong_offset_is_refused_and_changes_nothing():
    staging.append("offset", offset=0, chunks=[b"hello"], limit=11)

    with pytest.raises(Conflict, match="has 5 bytes"):
        staging.append("offset", offset=4, chunks=[b"x"], limit=11)

    assert staging.staged_size("offset") == 5
    staging.discard("offset")


def test_a_sender_who_breaks_off_keeps_what_arrived():
    def breaking():
        yield b"hello"
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        staging.append("broken", offset=0, chunks=breaking(), limit=11)

    assert staging.staged_size("broken") == 5
    assert staging.append("broken", offset=5, chunks=[b" world"], limit=11) == 11
    assert staging.sha256_of("broken") == hashlib.sha256(b"hello world").hexdigest()
    staging.discard("broken")


def test_dangerous_bytes_move_out_of_reach(actor, django_capture_on_commit_callbacks):
    blob = receive_blob([b"evil"], actor=actor)
    before = local_path(blob)

    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)

    blob.refresh_from_db()
    assert blob.state == BlobState.QUARANTINED
    assert before is not None
    assert not before.exists()
    assert "quarantine" in stored_key(blob)


def test_dangerous_bytes_are_not_taken_in_again(actor, django_capture_on_commit_callbacks):
    blob = receive_blob([b"evil"], actor=actor)
    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)

    with pytest.raises(Blocked):
        receive_blob([b"evil"], actor=actor)


def test_bytes_are_found_when_a_crash_came_between_the_record_and_the_move(actor):
    blob = receive_blob([b"evil"], actor=actor)

    record_verdict(
        blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM
    )  # nothing committed: not moved

    blob.refresh_from_db()
    with open_blob(blob) as file:
        assert file.read() == b"evil"


def test_bytes_that_a_later_ruleset_clears_come_back(actor, django_capture_on_commit_callbacks):
    blob = receive_blob([b"evil"], actor=actor)
    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)

    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.SAFE, ruleset="r2", actor=SYSTEM)

    blob.refresh_from_db()
    assert blob.state == BlobState.STORED
    assert stored_key(blob).startswith("blobs/")
    assert store().size(stored_key(blob)) == 4


@pytest.mark.parametrize("verdict", [Verdict.ERROR, Verdict.PENDING])
def test_a_scan_that_failed_does_not_clear_dangerous_bytes(
    actor, verdict, django_capture_on_commit_callbacks
):
    blob = receive_blob([b"evil"], actor=actor)
    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)

    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=verdict, ruleset="r2", actor=SYSTEM)

    blob.refresh_from_db()
    assert (blob.state, blob.verdict) == (BlobState.QUARANTINED, Verdict.DANGEROUS)
    assert "quarantine" in stored_key(blob)


def test_a_move_that_failed_is_made_good_when_the_verdict_is_recorded_again(
    actor, django_capture_on_commit_callbacks
):
    blob = receive_blob([b"evil"], actor=actor)
    record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)  # not moved

    with django_capture_on_commit_callbacks(execute=True):
        record_verdict(blob, verdict=Verdict.DANGEROUS, ruleset="r1", actor=SYSTEM)

    blob.refresh_from_db()
    assert "quarantine" in stored_key(blob)


def test_the_store_lists_everything_in_a_folder(actor):
    blob = receive_blob([b"listed"], actor=actor)

    found = {each.key: each for each in store().objects("blobs")}

    assert found[stored_key(blob)].size == 6
    assert found[stored_key(blob)] == store().look(stored_key(blob))
    assert list(store().objects("no-such-folder")) == []
