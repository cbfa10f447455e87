"""The front page."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.orgs.actions import invite_member
from accounts.users.models import User
from models_catalog.changes.actions import merge_change
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from models_catalog.search.actions import refresh
from models_catalog.search.models import SearchRow
from models_catalog.storage.models import Verdict
from models_catalog.web.cross_section import cross_section
from models_catalog.web.home_pages import task_groups
from tests.factories.models import make_repo, propose, release
from tests.factories.people import acting, make_organization, make_user
from tests.factories.reviews import approve, make_scene, object_to
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


def test_an_empty_hub_has_a_front_page(client):
    page = client.get("/").content.decode()

    assert "Find a model. Know where it came from." in page
    assert "What a model goes through" in page
    assert page.count("<h1") == 1


def test_an_empty_hub_tells_its_operator_the_first_steps(client, ada):
    stranger = client.get("/").content.decode()
    client.force_login(ada)
    insider = client.get("/").content.decode()

    for page in (stranger, insider):
        assert "This hub is empty, and ready" in page
        assert '<a href="/new">Add the first model</a>' in page
    assert '<a href="/accounts/signup/">Make an account</a>' in stranger
    assert "Your account is made" in insider


def test_a_filled_hub_is_not_called_empty(client, ada):
    shelve("one", by=ada)

    assert "This hub is empty" not in client.get("/").content.decode()


def test_tasks_are_listed_with_their_numbers_and_the_newest_models(client, ada):
    shelve("one", by=ada, card=card_source(pipeline_tag="translation"))
    shelve("two", by=ada, card=card_source(pipeline_tag="smell-to-text"))

    page = client.get("/").content.decode()

    assert "2 models from one publisher." in page
    assert '<a href="/tasks/translation">Translation<span class="c">1</span></a>' in page
    assert "smell-to-text" in page
    assert "New in the collection" in page


def test_downloads_and_approvals_have_their_panels(client, ada):
    organization = make_organization("savanna", ada)
    repo = make_repo("karibu", owner=ada, organization=organization)
    change = propose(repo, {"README.md": card_source(pipeline_tag="translation")}, by=ada)
    keep_card(change.head)
    release(repo, change.head, by=ada)
    refresh(repo.pk)
    SearchRow.objects.update(downloads=77)

    page = client.get("/").content.decode()

    assert "Recently approved" in page
    assert "Most downloaded this month" in page
    assert page.count('href="/savanna/karibu"') == 2


def test_nothing_withdrawn_nothing_empty_and_nothing_blocked_is_recommended(client, ada):
    shelve("one", by=ada)
    make_repo("empty", owner=ada)
    refresh(Repo.objects.get(name="empty").pk)
    gone = shelve("gone", by=ada)
    withdraw_repo(gone, reason="It leaked names.", actor=acting(ada))
    refresh(gone.pk)
    blocked = shelve("blocked", by=ada)
    SearchRow.objects.filter(pk=blocked.pk).update(verdict=Verdict.DANGEROUS)

    fresh = client.get("/").content.decode()
    SearchRow.objects.update(downloads=7)
    popular = client.get("/").content.decode()

    assert "New in the collection" in fresh
    assert "Most downloaded this month" in popular
    for page in (fresh, popular):
        assert 'href="/ada/one"' in page
        assert 'href="/ada/empty"' not in page
        assert 'href="/ada/gone"' not in page
        assert 'href="/ada/blocked"' not in page


def test_what_was_approved_names_those_who_did(client):
    scene = make_scene()
    approve(scene.change, scene.member("reviewer", "grace"))
    merge_change(scene.fresh(), actor=acting(scene.maker))
    refresh(scene.repo.pk)

    page = client.get("/").content.decode()

    assert "Recently approved" in page
    assert "Approved by grace" in page


def test_what_waits_for_somebody_is_listed_for_them_alone(client):
    scene = make_scene()
    reviewer = scene.member("reviewer", "grace")
    stranger = client.get("/").content.decode()

    client.force_login(reviewer)
    waiting = client.get("/").content.decode()
    object_to(scene.change, reviewer)
    client.force_login(scene.maker)
    answering = client.get("/").content.decode()

    assert "Needs your attention" not in stranger
    assert '<a class="grow break" href="/reviews">1 review waits for you</a>' in waiting
    assert (
        'href="/reviews?view=own">A reviewer asks something about 1 of your changes and requests'
        in answering
    )


def test_blocked_files_are_told_to_those_who_may_write_the_model(client, ada):
    repo = shelve("leaf", by=ada)
    SearchRow.objects.filter(pk=repo.pk).update(verdict=Verdict.DANGEROUS)

    client.force_login(make_user("grace"))
    stranger = client.get("/").content.decode()
    client.force_login(ada)
    own = client.get("/").content.decode()

    assert "Scanning blocks a file of ada/leaf" not in stranger
    assert "Scanning blocks a file of ada/leaf" in own


def test_invitations_wait_for_an_answer(client, ada):
    organization = make_organization("savanna", make_user("grace"))
    invite_member(
        organization,
        username="ada",
        role="reader",
        actor=acting(User.objects.get(username="grace")),
    )
    client.force_login(ada)

    assert "1 organisation invites you" in client.get("/").content.decode()


def test_organisations_and_figures_are_those_that_the_visitor_may_know_of(client, ada):
    organization = make_organization("savanna", ada, preset="open")
    make_organization("quiet", ada, preset="open")
    shelve("one", by=ada, organization=organization)
    shelve("two", by=ada, organization=organization)
    shelve("hidden", by=ada, organization=organization, visibility="private")

    page = client.get("/").content.decode()

    assert '<a class="w6 quiet-link grow" href="/savanna">savanna</a>' in page
    assert '<span class="dim num nowrap">2 models</span>' in page
    assert 'href="/quiet"' not in page
    assert '<dd><a class="quiet-link" href="/models">2</a></dd>' in page
    assert "100% of models" in page


def test_programs_are_told_this_hubs_own_address(client, settings):
    settings.PUBLIC_URL = "https://models.example.org"

    assert "https://models.example.org" in client.get("/").content.decode()


def test_strangers_see_no_numbers_of_hidden_models(client, ada):
    shelve("hidden", by=ada, visibility="private", card=card_source(pipeline_tag="translation"))

    page = client.get("/").content.decode()

    assert "ada/" not in page
    assert "Translation" not in page


def test_as_many_queries_for_one_model_as_for_thirty(client, ada):
    shelve("m0", by=ada)
    client.get("/")
    with CaptureQueriesContext(connection) as few:
        client.get("/")
    for number in range(1, 30):
        shelve(f"m{number}", by=ada)

    with CaptureQueriesContext(connection) as many:
        client.get("/")

    assert len(few) == len(many)


def test_unknown_tasks_come_last_and_long_lists_are_cut():
    counts = {f"task-{n}": 1 for n in range(20)} | {"translation": 5}

    groups = task_groups(counts)

    assert [group.title for group in groups] == ["Text", "Graphs and other data"]
    assert len(groups[1].tasks) == 7


def test_the_drawing_needs_something_to_draw():
    assert cross_section([]) is None


def test_a_young_collection_shows_a_ring_for_each_approved_version():
    drawing = cross_section([(date(2024, 10, 1), 3), (date(2025, 1, 1), 1)])

    assert drawing is not None
    assert drawing.is_single
    assert [ring.is_year for ring in drawing.rings] == [False, False, True, True]
    assert [(label.year, label.number) for label in drawing.labels] == [(2024, 3), (2025, 1)]


def test_many_approvals_in_few_quarters_stay_a_ring_for_each_quarter():
    drawing = cross_section([(date(2024, 10, 1), 300), (date(2025, 1, 1), 40)])

    assert drawing is not None
    assert not drawing.is_single
    assert len(drawing.rings) == 2


def test_the_area_of_a_ring_is_what_was_approved_until_then():
    drawing = cross_section([(date(2024, 10, 1), 4), (date(2025, 1, 1), 5), (date(2025, 4, 1), 7)])

    assert drawing is not None
    assert [(label.year, label.number) for label in drawing.labels] == [(2024, 4), (2025, 12)]
    assert [ring.is_year for ring in drawing.rings] == [True, False, True]
    assert all(ring.path.startswith("M") and ring.path.endswith("Z") for ring in drawing.rings)
