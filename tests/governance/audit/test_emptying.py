"""Tests with transactions of their own empty the database; the triggers are there again afterwards."""

from __future__ import annotations

import pytest
from django.db import IntegrityError

from governance.audit.models import AuditEvent
from tests.factories.people import make_user

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.data]


@pytest.mark.parametrize("turn", ["first", "second"])
def test_every_such_test_begins_with_an_empty_and_closed_record(turn: str) -> None:
    assert not AuditEvent.objects.exists()
    make_user("ada")

    with pytest.raises(IntegrityError):
        AuditEvent.objects.update(name="user:forged")

    assert AuditEvent.objects.get().name == "user:registered"
