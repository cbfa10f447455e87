import gzip
from datetime import datetime
from xml.etree import ElementTree as ET

import pytest
from django.conf import settings
from django.core.cache import cache

from hub.guide import sitemap
from models_catalog.repos.actions import withdraw_repo
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import acting, make_organization, make_user
from tests.factories.shelf import shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]
NAMES = {"": sitemap.SCHEMA}


@pytest.fixture(autouse=True)
def _nothing_kept():
    cache.clear()


@pytest.fixture
def ada():
    return make_user("ada")


def places(client, part=""):
    response = client.get("/sitemap.xml", {"part": part} if part else {})
    assert response.status_code == 200
    tree = ET.fromstring(response.content)
    return [each.text for each in tree.iterfind(".//loc", NAMES)]


def paths(client, part):
    return [place.removeprefix("http://localhost:8000") for place in places(client, part)]


def part_of(repo):
    return f"models-{-(-repo.pk // sitemap.PART)}"


def test_the_index_leads_to_parts_that_are_there(client, ada):
    shelve("leaf", by=ada)

    parts = places(client)

    assert [part.partition("?part=")[2].rpartition("-")[0] or "pages" for part in parts] == [
        "pages",
        "models",
        "owners",
    ]
    assert all(client.get(part).status_code == 200 for part in parts)


def test_a_public_model_is_listed_with_its_owner_and_its_last_change(client, ada):
    repo = shelve("leaf", by=ada)

    part = part_of(repo)
    owners = f"owners-{-(-ada.namespace_id // sitemap.PART)}"

    assert paths(client, part) == ["/ada/leaf"]
    assert paths(client, owners) == ["/ada"]
    tree = ET.fromstring(client.get("/sitemap.xml", {"part": part}).content)
    changed = tree.findtext(".//lastmod", namespaces=NAMES)
    assert changed is not None
    repo.refresh_from_db()
    assert datetime.fromisoformat(changed) == repo.updated_at.replace(microsecond=0)


def test_what_strangers_may_not_see_is_not_listed_for_anybody(client, ada):
    savanna = make_organization("savanna", ada)
    shown = shelve("shown", by=ada)
    shelve("hidden", by=ada, visibility="private")
    shelve("inside", by=ada, visibility="internal")
    make_repo("unreleased", owner=ada, organization=savanna)
    client.force_login(ada)

    assert paths(client, part_of(shown)) == ["/ada/shown"]


def test_a_withdrawn_model_is_not_listed(client, ada):
    repo = shelve("leaf", by=ada)
    withdraw_repo(repo, reason="It leaked.", successor=None, actor=acting(ada))

    assert paths(client, part_of(repo)) == []


def test_parts_hold_a_bounded_range_and_together_everything(client, ada, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 2)
    for number in range(5):
        shelve(f"leaf-{number}", by=ada)

    parts = [p.partition("?part=")[2] for p in places(client)]
    models = [paths(client, part) for part in parts if part.startswith("models")]

    assert max(map(len, models)) <= 2
    assert sorted(path for part in models for path in part) == [f"/ada/leaf-{n}" for n in range(5)]


def test_a_part_costs_the_same_for_1_and_20_models(client, ada, django_assert_num_queries):
    first = shelve("leaf", by=ada)
    with django_assert_num_queries(1):
        paths(client, part_of(first))
    cache.clear()
    Repo.objects.bulk_create(_copies(first))
    with django_assert_num_queries(1):
        assert len(paths(client, part_of(first))) == 20


def _copies(repo):
    for number in range(19):
        yield Repo(
            namespace=repo.namespace,
            name=f"copy-{number}",
            folded=f"copy-{number}",
            accession=f"ARB-2000-{number:04}",
            created_by=repo.created_by,
        )


def test_a_part_that_holds_nothing_takes_no_room(client, ada):
    shelve("leaf", by=ada)

    assert paths(client, "models-999") == []
    assert cache.get(f"sitemap:{settings.PUBLIC_URL}:models-999") is None


def test_it_is_made_once_and_kept(client, ada, django_assert_num_queries):
    part = part_of(shelve("leaf", by=ada))
    before = paths(client, part)

    with django_assert_num_queries(0):
        assert paths(client, part) == before


def test_it_goes_out_compressed_to_those_who_can_read_that(client):
    plain = client.get("/sitemap.xml")
    packed = client.get("/sitemap.xml", headers={"Accept-Encoding": "gzip, br"})

    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content
    assert "Accept-Encoding" in packed.headers["Vary"]


@pytest.mark.parametrize(
    "part", ["models-0", "models-x", "models-1-2", "x", "models-99999999999999999999"]
)
def test_there_are_no_other_parts(client, part):
    assert client.get("/sitemap.xml", {"part": part}).status_code == 404
