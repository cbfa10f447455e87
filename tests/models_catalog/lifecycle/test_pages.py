from datetime import timedelta

import pytest
from django.utils import timezone

from models_catalog.lifecycle.actions import (
    archive_repo,
    delete_repo,
    deprecate_repo,
    recall_blob,
    yank_version,
)
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.search.actions import refresh
from models_catalog.stages.actions import set_alias
from models_catalog.storage.models import Blob, Verdict
from tests.factories.models import commit_files, judge, judge_all, make_repo, release
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = pytest.mark.django_db
PAGE = "/savanna/first"
DANGER = f"{PAGE}/settings/danger"


@pytest.fixture
def savanna():
    return make_organization("savanna", preset="open")


@pytest.fixture
def ada(savanna):
    return add_member(savanna, make_user("ada"), "maintainer")


@pytest.fixture
def repo(ada, savanna):
    repo = make_repo("first", owner=ada, organization=savanna)
    judge_all(commit_files(repo, {"README.md": b"# First\n", "w.bin": b"weights"}, by=ada))
    return repo


@pytest.fixture
def signed_in(client, ada, repo):
    client.force_login(ada)
    return client


def _text(answer):
    return " ".join(answer.content.decode().split())


def _fetched(client, address):
    return b"".join(client.get(address).streaming_content)


def test_the_danger_zone_is_for_those_who_manage_the_model(client, repo):
    client.force_login(make_user("eve"))

    assert client.get(DANGER).status_code == 403


def test_a_model_is_renamed_and_the_browser_follows(signed_in):
    answer = signed_in.post(f"{DANGER}/rename", {"name": "second"}, follow=True)

    assert answer.redirect_chain[-1][0] == "/savanna/second/settings/danger"
    assert "The old name leads here." in _text(answer)


def test_a_refused_name_is_said_at_its_field(signed_in, repo, ada, savanna):
    make_repo("taken", owner=ada, organization=savanna)

    answer = signed_in.post(f"{DANGER}/rename", {"name": "taken"})

    assert answer.status_code == 422
    assert "Names are never given out twice" in _text(answer)


def test_a_transfer_offers_what_the_person_may_add_to(signed_in, ada):
    assert '<option value="ada">' in _text(signed_in.get(DANGER))

    answer = signed_in.post(f"{DANGER}/transfer", {"namespace": "ada"})

    assert answer.headers["Location"] == "/ada/first/settings/danger"


def test_deleting_asks_for_the_name_in_full(signed_in, repo):
    answer = signed_in.post(f"{DANGER}/delete", {"reason": "Twice.", "confirm": "first"})

    assert answer.status_code == 422
    assert Repo.objects.get(pk=repo.pk).deleted_at is None


def test_a_deleted_model_is_410_and_can_be_restored_from_the_list(signed_in, client, repo):
    sent = {"reason": "Twice.", "confirm": "savanna/first"}

    listed = signed_in.post(f"{DANGER}/delete", sent, follow=True)
    gone = client.get(f"{PAGE}/tree/main")
    restored = signed_in.post(f"/id/{repo.public_id}/restore", follow=True)

    assert "savanna/first" in _text(listed)
    assert (gone.status_code, "savanna/first was deleted by ada" in _text(gone)) == (410, True)
    assert restored.status_code == 200


def test_nobody_else_sees_what_was_deleted(signed_in, client, repo, ada):
    delete_repo(repo, reason="Twice.", actor=acting(ada))
    client.force_login(make_user("eve"))

    assert client.get("/orgs/savanna/deleted").status_code == 403
    assert client.post(f"/id/{repo.public_id}/restore").status_code == 403


def test_who_deleted_a_model_is_told_that_somebody_else_purges_it(signed_in, repo, ada):
    delete_repo(repo, reason="Twice.", actor=acting(ada))

    page = _text(signed_in.get(f"/id/{repo.public_id}/purge"))

    assert "somebody else has to purge it" in page


def test_a_second_person_purges_by_typing_the_name(client, repo, ada, savanna):
    delete_repo(repo, reason="Twice.", actor=acting(ada))
    Repo.objects.update(deleted_at=timezone.now() - timedelta(days=40))
    client.force_login(add_member(savanna, make_user("ben"), "maintainer"))
    sent = {"reason": "Over.", "confirm": "savanna/first"}

    answer = client.post(f"/id/{repo.public_id}/purge", sent, follow=True)

    assert "Purged" in _text(answer)
    assert "deleted for good by ben" in _text(client.get(PAGE))


def test_an_archived_model_says_so_and_offers_no_upload(signed_in, repo, ada):
    archive_repo(repo, actor=acting(ada))

    page = _text(signed_in.get(PAGE))

    assert "Archived on" in page
    assert "Add files" not in page


def test_a_deprecated_model_leads_to_its_successor(client, repo, ada, savanna):
    better = make_repo("better", owner=ada, organization=savanna)
    deprecate_repo(repo, reason="It is slow.", successor=better, actor=acting(ada))

    page = _text(client.get(PAGE))

    assert "It is slow." in page
    assert '<a href="/savanna/better">Use savanna/better instead</a>' in page


@pytest.mark.parametrize(
    "act", [archive_repo, lambda r, actor: deprecate_repo(r, reason="Old.", actor=actor)]
)
def test_lists_leave_it_out_and_searches_find_it(client, repo, ada, act):
    refresh(repo.pk)
    act(repo, actor=acting(ada))

    assert 'href="/savanna/first"' not in _text(client.get("/models"))
    assert 'href="/savanna/first"' in _text(client.get("/models?q=first"))


def test_the_file_of_a_withdrawn_model_leads_to_what_to_use_instead(client, repo, ada, savanna):
    better = make_repo("better", owner=ada, organization=savanna)
    withdraw_repo(repo, reason="It is wrong.", successor=better, actor=acting(ada))

    answer = client.get(f"{PAGE}/resolve/main/w.bin")

    assert answer.status_code == 410
    assert 'href="/savanna/better"' in _text(answer)


def test_a_blocked_download_leads_to_the_scan_report(client, repo):
    revision = repo.refs.get(name="main").revision
    judge(revision, "w.bin", Verdict.DANGEROUS)

    answer = client.get(f"{PAGE}/resolve/main/w.bin")

    assert answer.status_code == 403
    assert f'href="/savanna/first/security/{revision.sha1}"' in _text(answer)


def test_a_version_is_yanked_and_counts_again(signed_in, repo, ada):
    release(repo, repo.refs.get(name="main").revision, by=ada)

    yanked = signed_in.post(f"{PAGE}/versions/1/yank", {"reason": "It is slow."}, follow=True)
    listed = signed_in.get(f"{PAGE}/versions")
    again = signed_in.post(f"{PAGE}/versions/1/unyank", {"reason": "Not at all."}, follow=True)

    assert "It is slow." in _text(yanked)
    assert "Yanked" in _text(listed)
    assert "It is slow." not in _text(again)


def test_who_withdraws_a_version_in_use_reads_what_relies_on_it(signed_in, repo, ada):
    version = release(repo, repo.refs.get(name="main").revision, by=ada)
    set_alias(repo, "champion", version, actor=acting(ada))
    sent = {"reason": "It is wrong."}

    refused = signed_in.post(f"{PAGE}/versions/1/withdraw", sent)
    done = signed_in.post(
        f"{PAGE}/versions/1/withdraw", sent | {"though_needed": "on"}, follow=True
    )

    assert (refused.status_code, "is called “champion”" in _text(refused)) == (422, True)
    assert "It is wrong." in _text(done)


def test_a_yanked_version_is_not_what_is_offered(client, repo, ada):
    version = release(repo, repo.refs.get(name="main").revision, by=ada)
    yank_version(version, reason="It is slow.", actor=acting(ada))

    assert _fetched(client, f"{PAGE}/resolve/v1/w.bin") == b"weights"


def test_the_security_role_recalls_a_file_and_every_door_says_so(client, repo):
    client.force_login(make_user("guard", is_instance_security=True))
    sha256 = Blob.objects.get(size=7).sha256

    page = client.post("/security/recalls", {"sha256": sha256, "reason": "A court."}, follow=True)
    client.logout()

    assert "savanna/first" in _text(page)
    assert "were recalled by this hub: w.bin" in _text(client.get(PAGE))
    for door in ("resolve/main/w.bin", "raw/main/w.bin", "archive/main.zip"):
        answer = client.get(f"{PAGE}/{door}")
        assert (door, answer.status_code, "A court." in _text(answer)) == (door, 410, True)
    answer = client.get("/api/v1/models/savanna/first/files/main/w.bin")
    assert (answer.status_code, "A court." in answer.json()["detail"]) == (410, True)


def test_a_recall_ends_with_a_reason(client, repo):
    guard = make_user("guard", is_instance_security=True)
    sha256 = Blob.objects.get(size=7).sha256
    recall_blob(sha256, reason="A court.", actor=acting(guard))
    client.force_login(guard)

    client.post(f"/security/recalls/{sha256}", {"reason": "Overturned."})

    assert client.get(f"/security/recalls/{sha256}").status_code == 404
    assert _fetched(client, f"{PAGE}/resolve/main/w.bin") == b"weights"


def test_recalls_are_for_the_security_role(signed_in):
    assert signed_in.get("/security/recalls").status_code == 403
