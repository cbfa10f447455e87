"""Nobody accepts terms that they did not have before their eyes."""

from __future__ import annotations

import re

import pytest

from models_catalog.repos.actions import change_settings
from models_catalog.repos.models import TermsAcceptance
from tests.factories.models import CARD, commit_files, make_repo
from tests.factories.people import acting, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def repo(client):
    ada = make_user("ada")
    repo = make_repo("letters", owner=ada)
    commit_files(repo, {"README.md": CARD}, by=ada)
    gate(repo, "Be kind.")
    client.force_login(make_user("grace"))
    return repo


def gate(repo, terms: str) -> None:
    by = acting(repo.created_by)
    change_settings(repo, visibility="public", gating="terms", gating_terms=terms, actor=by)


def digest_on_page(client) -> str:
    page = client.get("/ada/letters/terms").content.decode()
    found = re.search(r'name="terms" value="([0-9a-f]{64})"', page)
    assert found is not None
    return found[1]


def test_terms_are_accepted_as_the_page_showed_them(client, repo):
    response = client.post("/ada/letters/terms", {"terms": digest_on_page(client)})

    assert response.status_code == 302
    assert TermsAcceptance.objects.filter(repo=repo, user__username="grace").exists()


def test_terms_that_changed_meanwhile_are_not_accepted(client, repo):
    read = digest_on_page(client)
    gate(repo, "Give us everything.")

    response = client.post("/ada/letters/terms", {"terms": read})

    assert response.status_code == 409
    assert "Read them again" in response.content.decode()
    assert not TermsAcceptance.objects.filter(repo=repo).exists()


def test_terms_are_not_accepted_unseen(client, repo):
    assert client.post("/ada/letters/terms").status_code == 409
    assert not TermsAcceptance.objects.filter(repo=repo).exists()
