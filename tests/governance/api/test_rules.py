from __future__ import annotations

import pytest

from tests.factories.api import Program

pytestmark = pytest.mark.django_db


def test_the_catalogue_of_rules_says_what_each_can_be_set_to():
    said = {each["id"]: each for each in Program().get("/rules?limit=100").json()["items"]}

    fields = said["own_fields"]["parameters"][0]
    assert said.keys() >= {"approvals", "sizes", "names"}
    assert [column["name"] for column in fields["columns"]][:2] == ["name", "type"]
    assert {c["code"] for c in fields["columns"][1]["choices"]} >= {"text", "email"}
