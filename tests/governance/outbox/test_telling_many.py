from __future__ import annotations

import pytest
from django.db import connection, transaction

from accounts.namespaces.models import Namespace, NamespaceKind
from accounts.users.models import User
from governance.outbox.models import Envelope, Notification, Watch
from governance.outbox.posting import BATCH, _tell_batch, tell
from models_catalog.changes.actions import open_discussion
from tests.factories.models import make_repo
from tests.factories.people import acting, make_user


class WorkerKilled(Exception):
    """What ends a process ends its transaction."""


def watchers(repo, number):
    names = [f"crowd-{n}" for n in range(number)]
    Namespace.objects.bulk_create(
        Namespace(name=name, folded=name, kind=NamespaceKind.USER, preset="open") for name in names
    )
    places = Namespace.objects.in_bulk(names, field_name="folded")
    User.objects.bulk_create(User(username=name, namespace=places[name]) for name in names)
    people = User.objects.filter(username__startswith="crowd-")
    Watch.objects.bulk_create(Watch(user=person, repo=repo, level="all") for person in people)


@transaction.atomic
def _die_after_a_batch(news):
    _tell_batch(news)
    raise WorkerKilled


@pytest.fixture
def news(db):
    """An event with two and a half batches of people who watch."""
    ada = make_user("ada")
    repo = make_repo(owner=ada)
    Envelope.objects.all().delete()
    watchers(repo, BATCH[connection.vendor] * 5 // 2)
    open_discussion(repo, title="Why?", body="Why?", actor=acting(ada))
    return Envelope.objects.get().pk


@pytest.mark.data
@pytest.mark.django_db
def test_a_worker_that_is_killed_between_and_within_batches_loses_and_doubles_nobody(news):
    with transaction.atomic():
        _tell_batch(news)
    with pytest.raises(WorkerKilled):
        _die_after_a_batch(news)
    after = Notification.objects.count()

    tell()

    people = Notification.objects.values_list("user_id", flat=True)
    assert 0 < after < len(people)
    assert sorted(people) == sorted(Watch.objects.values_list("user_id", flat=True))
    assert not Envelope.objects.exists()


@pytest.mark.data
@pytest.mark.django_db
def test_a_batch_costs_as_much_whoever_is_in_it(news, django_assert_max_num_queries):
    with django_assert_max_num_queries(25), transaction.atomic():
        _tell_batch(news)


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_tell_each_person_once(news, outcomes):
    outcomes(tell, tell, tell)
    tell()

    people = list(Notification.objects.values_list("user_id", flat=True))
    assert len(people) == len(set(people)) == Watch.objects.count()
