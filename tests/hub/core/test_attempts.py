"""Refused attempts on protected things stay in the record although they changed nothing."""

from __future__ import annotations

import pytest
from django.db import transaction

from governance.audit.models import AuditEvent
from hub.core.attempts import remembers_attempts
from hub.core.errors import Forbidden
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import commit
from models_catalog.revisions.operations import AddFile
from tests.factories.models import make_repo, send
from tests.factories.people import acting, add_member, make_organization, make_user

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ada():
    return make_user("ada")


@pytest.fixture
def repo(ada):
    return make_repo("minilm", owner=ada, organization=make_organization("savanna", ada))


def _attempts():
    rows = AuditEvent.objects.filter(name="attempt:refused").order_by("pk")
    return [(row.actor_id, row.data["on"]) for row in rows]


def _push(repo, person):
    actor = acting(person)
    operations = [AddFile("a.txt", send(b"a", actor=actor).sha256)]
    return commit(repo, ref="main", operations=operations, message="Add", actor=actor)


def test_a_refused_attempt_is_recorded_once(repo, ada):
    with pytest.raises(Forbidden):
        _push(repo, ada)

    assert _attempts() == [(ada.pk, "main")]


def test_it_is_recorded_when_everything_around_it_is_undone(repo, ada):
    @remembers_attempts
    @transaction.atomic
    def rename_and_push():
        Repo.objects.filter(pk=repo.pk).update(name="renamed")
        _push(repo, ada)

    with pytest.raises(Forbidden):
        rename_and_push()

    assert _attempts() == [(ada.pk, "main")]
    assert Repo.objects.get(pk=repo.pk).name == "minilm"


def test_nobody_floods_the_record(repo, ada):
    for _time in range(8):
        with pytest.raises(Forbidden):
            _push(repo, ada)

    assert len(_attempts()) == 5


def test_somebody_elses_attempts_count_for_themselves(repo, ada):
    for _time in range(6):
        with pytest.raises(Forbidden):
            _push(repo, ada)
    grace = make_user("grace", is_superuser=True)
    add_member(repo.namespace.organization, grace)

    with pytest.raises(Forbidden):
        _push(repo, grace)

    assert _attempts()[-1] == (grace.pk, "main")
