"""Models added at the same moment, each with a connection of its own."""

from __future__ import annotations

import pytest
from django.db import connection

from hub.core.errors import Conflict
from models_catalog.repos.models import Repo
from tests.factories.models import make_repo
from tests.factories.people import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(
        connection.vendor != "postgresql",
        reason="SQLite has one writer: its transaction is the lock.",
    ),
]


@pytest.fixture
def owner():
    return make_user("owner")


@pytest.fixture
def repo(owner):
    return make_repo("mine", owner=owner)


def test_models_added_at_once_have_accession_numbers_of_their_own(outcomes):
    people = [make_user(f"person{n}") for n in range(4)]

    done = outcomes(*(lambda p=p: make_repo("mine", owner=p) for p in people))

    numbers = sorted(int(each.accession.rsplit("-", 1)[1]) for each in done)
    assert numbers == list(range(numbers[0], numbers[0] + 4))


def test_one_name_taken_twice_at_once_is_taken_once(outcomes, owner):
    done = outcomes(*[lambda: make_repo("same", owner=owner)] * 3)

    assert sorted(isinstance(each, Conflict) for each in done) == [False, True, True]
    assert Repo.objects.filter(name="same").count() == 1
