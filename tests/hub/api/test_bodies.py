"""Bodies that would take far more memory than their bytes are refused before they are taken apart."""

from __future__ import annotations

import tracemalloc

import pytest

from models_catalog.repos.models import Repo
from tests.factories.api import Program
from tests.factories.people import make_user

pytestmark = pytest.mark.django_db

BOMBS = ["[" + "{}," * 400_000 + "{}]", "[" + "[]," * 400_000 + "[]]", '{"' + '":1,"' * 400_000]


def send(program, text):
    return program.client.post(
        "/api/v1/models", data=text, content_type="application/json", headers=program.headers
    )


@pytest.mark.parametrize("text", BOMBS)
def test_a_body_of_very_many_values_is_refused_before_it_fills_the_memory(text):
    program = Program(make_user("ada"))
    send(program, "{}")  # loads what every request needs
    tracemalloc.start()
    try:
        answer = send(program, text)
        _, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()

    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert peak < 8 * len(text)


def test_a_long_text_full_of_commas_and_quotes_is_one_value():
    program = Program(make_user("ada"))
    program.post("/models", {"namespace": "ada", "name": "minilm"})
    text = 'a,"b": {[\\\n' * 100_000

    answer = program.post(
        "/models/ada/minilm/commits", {"operations": [{"do": "add", "path": "a.csv", "text": text}]}
    )

    assert answer.status_code == 201
    assert Repo.objects.get().name == "minilm"
