"""Nobody finds, or counts, a model that they may not know of."""

from __future__ import annotations

import pytest

from accounts.authz.policy import Role
from hub.core.actor import ANONYMOUS, SYSTEM
from models_catalog.search.actions import refresh
from models_catalog.search.highlights import (
    approvals_by_quarter,
    counts_of,
    most_downloaded,
    newest_rows,
)
from models_catalog.search.queries import ModelQuery, count_models, find_models, relax
from tests.factories.models import make_repo, propose, release
from tests.factories.people import acting, add_member, make_organization, make_user
from tests.factories.shelf import card_source, keep_card, shelve

pytestmark = [pytest.mark.django_db, pytest.mark.data]

SECRET = card_source(title="Secret", license="mit", pipeline_tag="translation", language="sw")


@pytest.fixture
def people():
    owner, insider, reader, stranger = (
        make_user(name) for name in ("owner", "insider", "reader", "stranger")
    )
    organization = make_organization("savanna", owner)
    add_member(organization, insider, Role.CONTRIBUTOR.value)
    add_member(organization, reader, Role.READER.value)
    return {
        "organization": organization,
        "owner": owner,
        "insider": insider,
        "reader": reader,
        "stranger": stranger,
    }


@pytest.fixture
def unreleased(people):
    """A reviewed model with an open change and no release."""
    repo = make_repo("secret", owner=people["owner"], organization=people["organization"])
    change = propose(repo, {"README.md": SECRET}, by=people["owner"])
    keep_card(change.head)
    refresh(repo.pk)
    return repo, change


def everything_about(actor) -> list:
    """All that any query of search tells an actor: names, totals, counts, suggestions."""
    told = []
    for query in (
        ModelQuery(),
        ModelQuery(text="secret"),
        ModelQuery(text="translation"),
        ModelQuery(chosen={"language": ("sw",)}),
    ):
        results = find_models(query, actor=actor)
        told += [
            [row.full_name for row in results.page.rows],
            results.total,
            *map(list, results.counts.values()),
        ]
        told.append(count_models(query, actor=actor))
    wider = relax(ModelQuery(text="secret", chosen={"task": ("none",)}), actor=actor)
    told += [wider and wider.total, *counts_of("task", "org", actor=actor).values()]
    told += [
        newest_rows(actor=actor, number=5),
        most_downloaded(actor=actor, number=5),
        approvals_by_quarter(actor=actor),
    ]
    return told


def test_strangers_learn_nothing_of_a_model_before_its_first_release(people, unreleased):
    empty = everything_about(ANONYMOUS)

    assert not any(each for each in empty if each not in (0, None))
    assert everything_about(acting(people["stranger"])) == empty
    assert everything_about(acting(people["reader"])) == empty


@pytest.mark.parametrize("who", ["owner", "insider"])
def test_insiders_find_what_a_change_proposes(people, unreleased, who):
    results = find_models(ModelQuery(text="translation"), actor=acting(people[who]))

    assert [(row.full_name, row.approval) for row in results.page.rows] == [
        ("savanna/secret", "in_review")
    ]
    assert dict(results.counts["language"]) == {"sw": 1}


def test_everybody_finds_it_once_it_is_released(people, unreleased):
    repo, change = unreleased
    release(repo, change.head, by=people["owner"])
    refresh(repo.pk)

    row = find_models(ModelQuery(text="secret"), actor=ANONYMOUS).page.rows[0]

    assert (row.title, row.approval, row.version_label) == ("Secret", "approved", "v2")


def test_what_the_next_change_proposes_is_not_shown_to_readers(people, unreleased):
    repo, change = unreleased
    release(repo, change.head, by=people["owner"])
    repo.refresh_from_db()
    later = propose(
        repo, {"README.md": card_source(title="Giraffe", language="fr")}, by=people["owner"]
    )
    keep_card(later.head)
    refresh(repo.pk)

    assert find_models(ModelQuery(text="giraffe"), actor=ANONYMOUS).total == 0
    assert counts_of("language", actor=ANONYMOUS)["language"] == {"sw": 1}


def test_private_and_internal_models_are_for_those_who_may_see_them(people):
    ada = make_user("ada")
    shelve("private", by=ada, visibility="private", card=SECRET)
    shelve("internal", by=ada, visibility="internal", card=SECRET)

    def seen_by(actor) -> set[str]:
        return {
            row.full_name for row in find_models(ModelQuery(text="secret"), actor=actor).page.rows
        }

    assert seen_by(ANONYMOUS) == set()
    assert seen_by(acting(people["stranger"])) == {"ada/internal"}
    assert seen_by(acting(ada)) == seen_by(SYSTEM) == {"ada/private", "ada/internal"}
    assert counts_of("task", actor=ANONYMOUS)["task"] == {}
    assert counts_of("task", actor=acting(people["stranger"]))["task"] == {"translation": 1}
