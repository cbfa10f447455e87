import pytest
from django.db import connection

from models_catalog.repos.models import Repo
from tests.factories.api import Program
from tests.factories.people import make_user

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite has one writer"),
]


def test_of_two_requests_with_one_key_at_once_one_is_carried_out(outcomes):
    ada = make_user("ada")
    callers = [Program(ada), Program()]
    callers[1].headers = callers[0].headers  # the same token, sent over another connection
    body = {"namespace": "ada", "name": "minilm"}

    first, second = outcomes(
        *(lambda each=each: each.post("/models", body, Idempotency_Key="k") for each in callers)
    )

    assert Repo.objects.count() == 1
    answers = {first.status_code, second.status_code}
    assert answers in ({201}, {201, 409})
    refused = [each.json()["code"] for each in (first, second) if each.status_code == 409]
    assert refused in ([], ["in_progress"])
