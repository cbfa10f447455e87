"""Lineage: what a model was made from and what was made from it, as somebody may know."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from hub.core.actor import ANONYMOUS
from models_catalog.lifecycle.actions import rename_repo
from models_catalog.repos.models import Repo
from models_catalog.search.actions import refresh
from models_catalog.search.family import MOST_CHILDREN, family_of
from tests.factories.people import acting, make_user
from tests.factories.shelf import card_source, shelve

pytestmark = pytest.mark.django_db


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def base(ada):
    return shelve("Wren", by=ada, card=card_source(title="Wren 1.5B", license="mit"))


def tuned(name: str, by, *, base: str = "ada/wren", visibility: str = "public", **facts: str):
    source = card_source(title=name.title(), base_model=base, **facts)
    return shelve(name, by=by, card=source, visibility=visibility)


def test_children_are_those_whose_cards_name_the_model(ada, base):
    child = tuned("helper", ada, base_model_relation="adapter")
    tuned("stranger", ada, base="somebody/else")

    family = family_of(base, [], actor=ANONYMOUS)

    assert [(each.title, each.repo, each.relation) for each in family.children] == [
        ("Helper", child, "adapter")
    ]


def test_a_base_on_this_hub_is_found_however_its_name_is_written(base):
    family = family_of(base, ["ADA/wren"], actor=ANONYMOUS)

    assert [(each.title, each.repo) for each in family.bases] == [("Wren 1.5B", base)]


def test_a_base_that_is_elsewhere_is_a_name(base):
    family = family_of(base, ["corvid/wren-1.5b", "not a name"], actor=ANONYMOUS)

    assert [(each.title, each.repo) for each in family.bases] == [
        ("corvid/wren-1.5b", None),
        ("not a name", None),
    ]


def test_private_relatives_are_for_those_who_may_know_of_them(ada, base):
    secret = tuned("secret", ada, visibility="private")

    for actor, known in ((ANONYMOUS, []), (acting(make_user("bob")), []), (acting(ada), [secret])):
        children = family_of(base, [], actor=actor).children
        bases = family_of(base, ["ada/secret"], actor=actor).bases
        assert [each.repo for each in children] == known
        assert [each.repo for each in bases if each.repo] == known


def test_a_private_base_is_named_as_one_that_does_not_exist(ada, base, client):
    tuned("secret", ada, base="nobody/nothing", visibility="private")
    tuned("child", ada, base="ada/secret")

    page = client.get("/ada/child").content.decode()

    assert 'href="/ada/secret"' not in page
    assert "not on this hub" in page


def test_many_children_are_cut_and_cost_as_much_as_one(ada, base):
    def cost() -> int:
        with CaptureQueriesContext(connection) as counted:
            family_of(base, ["ada/wren", "a/b"], actor=ANONYMOUS)
        return len(counted)

    tuned("c0", ada)
    one = cost()
    for number in range(1, MOST_CHILDREN + 3):
        tuned(f"c{number}", ada)
    family = family_of(base, [], actor=ANONYMOUS)

    assert (len(family.children), family.more_children) == (MOST_CHILDREN, 3)
    assert cost() == one


def test_the_card_page_draws_the_tree(ada, base, client):
    child = tuned("helper", ada, base_model_relation="finetune")

    parent_page = client.get("/ada/Wren").content.decode()
    child_page = client.get("/ada/helper").content.decode()

    assert f'<a href="/ada/{child.name}">Helper</a>' in parent_page
    assert "fine-tuned" in parent_page
    assert '<a href="/ada/Wren">Wren 1.5B</a>' in child_page


def test_relatives_are_found_by_the_name_that_a_model_had(ada, base):
    child = tuned("helper", ada)
    rename_repo(base, name="robin", actor=acting(ada))
    base.refresh_from_db()
    refresh(base.pk)

    of_base = family_of(base, [], actor=ANONYMOUS)
    of_child = family_of(child, ["ada/wren", "ada/robin", "ada/owl"], actor=ANONYMOUS)

    assert [each.repo for each in of_base.children] == [child]
    assert [each.repo for each in of_child.bases] == [base, base, None]


def test_a_former_name_tells_nobody_of_a_hidden_model(ada, base):
    child = tuned("helper", ada)
    rename_repo(base, name="robin", actor=acting(ada))
    Repo.objects.filter(pk=base.pk).update(visibility="private")

    (told,) = family_of(child, ["ada/wren"], actor=ANONYMOUS).bases

    assert (told.title, told.repo) == ("ada/wren", None)
