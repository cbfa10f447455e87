import hashlib
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from hub.core.actor import ANONYMOUS
from hub.core.errors import Forbidden, Gone, Invalid
from models_catalog.downloads.actions import open_all, open_file
from models_catalog.lifecycle.actions import end_recall, recall_blob
from models_catalog.lifecycle.queries import recalled_in
from models_catalog.storage.models import Blob, BlobState, Verdict
from models_catalog.storage.places import key_of
from models_catalog.storage.store import store
from tests.factories.models import commit_files, judge, judge_all, make_repo, send
from tests.factories.people import acting, actor_of, make_token, make_user

pytestmark = pytest.mark.django_db(transaction=True)
BYTES = b"what nobody should have"
SHA256 = hashlib.sha256(BYTES).hexdigest()


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def guard():
    return make_user("guard", is_instance_security=True)


@pytest.fixture
def repo(ada):
    repo = make_repo(owner=ada)
    judge_all(commit_files(repo, {"a.bin": BYTES, "b.txt": b"fine"}, by=ada))
    return repo


def test_recalled_bytes_leave_at_no_door_not_even_for_those_who_sent_them(repo, ada, guard):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))

    for actor in (ANONYMOUS, acting(ada), acting(guard)):
        with pytest.raises(Gone, match=r"recalled by this hub on .*: A court said so"):
            open_file(repo, "main", "a.bin", actor=actor)
    with pytest.raises(Gone):
        open_all(repo, "main", actor=acting(ada))
    assert open_file(repo, "main", "b.txt", actor=ANONYMOUS).entry.size == len(b"fine")


def test_the_security_role_examines_them_with_a_purpose(repo, guard):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))

    seen = open_file(repo, "main", "a.bin", actor=acting(guard), purpose="Evidence.")
    assert seen.blob.sha256 == SHA256


def test_the_bytes_move_out_of_reach_and_no_verdict_brings_them_back(repo, guard):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))
    judge(repo.refs.get(name="main").revision, "a.bin", Verdict.SAFE, ruleset="newer")

    assert Blob.objects.get(sha256=SHA256).state == BlobState.QUARANTINED
    assert store().size(key_of(SHA256, BlobState.STORED)) is None
    assert store().size(key_of(SHA256, BlobState.QUARANTINED)) == len(BYTES)


def test_the_same_bytes_are_not_taken_again(repo, guard, ada):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))

    with pytest.raises(Gone, match="A court said so"):
        commit_files(make_repo("other", owner=ada), {"c.bin": BYTES}, by=ada)


def test_a_digest_is_recalled_before_its_bytes_ever_come(guard, ada):
    recall_blob(SHA256, reason="We were warned.", actor=acting(guard))

    with pytest.raises(Gone):
        send(BYTES, actor=acting(ada))
    end_recall(SHA256, reason="A false alarm.", actor=acting(guard))
    blob = send(BYTES, actor=acting(ada))

    assert (blob.state, blob.size) == (BlobState.STORED, len(BYTES))


def test_every_model_that_holds_them_says_so(repo, guard):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))

    assert [place.path for place in recalled_in(repo)] == ["a.bin"]


def test_a_recall_that_ends_gives_the_bytes_back(repo, guard):
    recall_blob(SHA256, reason="A court said so.", actor=acting(guard))

    end_recall(SHA256, reason="It was overturned.", actor=acting(guard))

    assert open_file(repo, "main", "a.bin", actor=ANONYMOUS).blob.state == BlobState.STORED
    assert store().size(key_of(SHA256, BlobState.STORED)) == len(BYTES)


def test_only_the_security_role_of_the_hub_recalls(repo, ada):
    with pytest.raises(Forbidden):
        recall_blob(SHA256, reason="I want to.", actor=acting(ada))
    assert Blob.objects.get(sha256=SHA256).recalled_at is None


def test_a_token_for_reading_recalls_nothing(repo, guard):
    with pytest.raises(Forbidden):
        recall_blob(SHA256, reason="Leaked.", actor=actor_of(make_token(guard)))


def test_what_is_no_digest_is_refused(guard):
    with pytest.raises(Invalid):
        recall_blob("abc", reason="Why not.", actor=acting(guard))


def test_the_command_line_recalls_and_takes_it_back(repo, guard):
    said = StringIO()

    call_command("recall_blob", SHA256, reason="A court.", user="guard", stdout=said)
    with pytest.raises(Gone):
        open_file(repo, "main", "a.bin", actor=ANONYMOUS)
    call_command("recall_blob", SHA256, reason="Undone.", user="guard", end=True, stdout=said)

    assert open_file(repo, "main", "a.bin", actor=ANONYMOUS).blob.sha256 == SHA256
    assert "is recalled; 1 models hold it" in said.getvalue()


def test_the_command_line_asks_who_may_too(repo, ada):
    with pytest.raises(CommandError, match="Only the security role"):
        call_command("recall_blob", SHA256, reason="I want to.", user="ada")
