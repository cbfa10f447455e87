"""``/<namespace>``: the portfolio of a person or an organisation."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_catalog.changes.actions import merge_change
from models_catalog.repos.actions import withdraw_repo
from models_catalog.revisions.queries import head_of
from models_catalog.search.actions import refresh
from tests.factories.models import make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.reviews import approve, make_scene
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada", display_name="Ada Lovelace")


def page_of(client, address: str, status: int = 200) -> str:
    response = client.get(address)
    assert response.status_code == status, response.content[:500]
    return str(response.content.decode())


def test_a_persons_page_shows_their_models_and_organisations(client, ada):
    make_organization("savanna", ada)
    shelve("karibu", by=ada)

    page = page_of(client, "/ADA")

    assert "<h1>Ada Lovelace</h1>" in page
    assert 'href="/ada/karibu"' in page
    assert 'href="/savanna"' in page
    assert "1 model" in page


def test_an_organisations_page_shows_its_people_and_how_it_approves(client, ada):
    organization = make_organization("savanna", ada)
    add_member(organization, make_user("grace"), "reviewer")

    page = page_of(client, "/savanna")

    assert "<h1>savanna</h1>" in page
    assert "Ada Lovelace" in page
    assert "Reviewer" in page
    assert "One other member approves" in page
    assert 'href="/orgs/savanna/policies"' in page


def test_models_of_others_are_not_listed(client, ada):
    shelve("karibu", by=ada)
    shelve("other", by=make_user("grace"))

    page = page_of(client, "/ada")

    assert "karibu" in page
    assert "other" not in page


def test_only_insiders_see_and_count_what_is_not_released(client, ada):
    repo = make_repo("karibu", owner=ada, organization=make_organization("savanna", ada))
    keep_card(propose(repo, {"README.md": card_source(title="Karibu")}, by=ada).head)
    refresh(repo.pk)

    stranger = page_of(client, "/savanna")
    client.force_login(ada)
    insider = page_of(client, "/savanna")

    assert "karibu" not in stranger
    assert "<dt>Models</dt><dd>0</dd>" in stranger
    assert "has published no model yet" in stranger
    assert 'href="/savanna/karibu"' in insider
    assert 'href="/models?org=savanna&amp;approval=in_review"' in insider


def test_models_are_counted_by_state_and_every_number_leads_to_its_rows(client, ada):
    organization = make_organization("savanna", ada, preset="open")
    shelve("one", by=ada, organization=organization)
    shelve("two", by=ada, organization=organization)

    page = page_of(client, "/savanna")

    assert '<dt>Models</dt><dd><a class="quiet-link" href="/models?org=savanna">2</a></dd>' in page
    assert 'href="/models?org=savanna&amp;approval=not_reviewed"' in page
    assert "Not reviewed: 2" in page
    assert "Withdrawn:" not in page


def test_what_was_released_last_says_how_it_was_approved(client):
    scene = make_scene()
    approve(scene.change, scene.member("reviewer", "grace"))
    merge_change(scene.fresh(), actor=acting(scene.maker))
    refresh(scene.repo.pk)

    page = page_of(client, "/savanna")

    assert 'href="/savanna/leaf/versions/1">leaf v1</a>' in page
    assert "after 1 approval<" in page
    assert "Median review time" in page
    assert "Reviewer, approved 1 change" in page


def test_releases_of_hidden_and_withdrawn_models_are_not_told(client, ada):
    hidden = shelve("hidden", by=ada, visibility="private")
    gone = shelve("gone", by=ada)
    for repo in (hidden, gone):
        head = head_of(repo, "main")
        assert head is not None
        release(repo, head, by=ada, approvals=0)
        refresh(repo.pk)
    withdraw_repo(gone, reason="It leaked names.", actor=acting(ada))

    assert "Released last" not in page_of(client, "/ada")


def test_the_policy_in_force_is_told_in_sentences(client, ada):
    make_organization("savanna", ada)

    page = page_of(client, "/savanna")

    assert "The policy, version 1" in page
    assert "No reviewer objects" in page


def test_the_list_can_be_searched(client, ada):
    shelve("karibu", by=ada)
    shelve("tafsiri", by=ada)

    assert "tafsiri" not in page_of(client, "/ada?q=karibu")
    missed = page_of(client, "/ada?q=zzz")
    assert "No model here matches “zzz”" in missed
    assert 'href="/models?q=zzz">Search the hub' in missed


def test_only_the_owner_is_asked_to_add_models(client, ada):
    stranger = page_of(client, "/ada")
    client.force_login(ada)

    assert "Add the first one" not in stranger
    assert "Add the first one" in page_of(client, "/ada")


def test_unknown_and_reserved_names_are_404(client):
    page_of(client, "/nobody", status=404)
    page_of(client, "/nobody%00", status=404)


def test_as_many_queries_for_one_model_as_for_thirty(client, ada):
    shelve("m0", by=ada)
    client.get("/ada")
    with CaptureQueriesContext(connection) as few:
        page_of(client, "/ada")
    for number in range(1, 30):
        shelve(f"m{number}", by=ada)

    with CaptureQueriesContext(connection) as many:
        page_of(client, "/ada")

    assert len(few) == len(many)
