"""Adding a model."""

from __future__ import annotations

import pytest

from accounts.orgs.actions import change_defaults
from models_catalog.repos.models import Repo
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = [pytest.mark.django_db, pytest.mark.data]


@pytest.fixture
def ada(client):
    user = make_user("ada")
    client.force_login(user)
    return user


def test_a_model_is_added_and_its_files_come_next(client, ada):
    answer = client.post("/new", {"owner": "ada", "name": "minilm", "visibility": "private"})

    assert answer["Location"] == "/ada/minilm/upload"
    assert Repo.objects.get().visibility == "private"
    assert client.get(answer["Location"]).status_code == 200


def test_only_names_where_one_may_add_models_are_offered(client, ada):
    add_member(make_organization("savanna"), ada, "contributor")
    add_member(make_organization("prairie"), ada, "reader")

    page = client.get("/new").content.decode()

    assert 'value="ada"' in page
    assert 'value="savanna"' in page
    assert "prairie" not in page


def test_the_consequence_of_each_owner_is_said(client, ada):
    add_member(make_organization("savanna"), ada, "contributor")

    page = client.get("/new").content.decode()

    assert "Not reviewed: what you commit can be seen at once" in page
    assert "Reviewed: files become visible to others when a change" in page


def test_a_model_begins_as_its_organisation_has_chosen_and_the_page_says_so(client, ada):
    change_defaults(
        make_organization("savanna", ada), default_visibility="private", actor=acting(ada)
    )

    page = client.get("/new").content.decode()
    client.post("/new", {"owner": "savanna", "name": "minilm", "visibility": "as_chosen"})

    assert "savanna: only its owner; otherwise everybody." in page
    assert Repo.objects.get().visibility == "private"


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"owner": "prairie", "name": "x"}, "prairie"),
        ({"owner": "ada", "name": "-x"}, "Use letters a to z"),
        ({"owner": "ada", "name": ""}, "field needs your attention"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, ada, data, sentence):
    make_organization("prairie")

    answer = client.post("/new", {"visibility": "public", **data})

    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Repo.objects.exists()


def test_a_taken_name_is_a_refusal_on_the_page(client, ada):
    form = {"owner": "ada", "name": "minilm", "visibility": "public"}
    client.post("/new", form)

    answer = client.post("/new", form)

    assert answer.status_code == 422
    assert "Names are never given out twice" in answer.content.decode()


def test_strangers_sign_in_first(client, db):
    assert client.get("/new").status_code == 302
