"""Every operation, asked with what fits its schema and with what does not: no answer is a surprise to the schema."""

from __future__ import annotations

import os
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.result import Ok
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from tests.factories.people import make_token
from tests.hub.api.world import World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.data, pytest.mark.slow]

EXAMPLES = int(os.environ.get("API_FUZZ_EXAMPLES", "8"))  # a benchmark asks for more
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
FUZZ = settings(
    max_examples=EXAMPLES,
    derandomize="API_FUZZ_EXAMPLES" not in os.environ,
    deadline=None,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


_hub = ClientHandler(enforce_csrf_checks=False)


def _application(environ: Any, start_response: Any) -> list[bytes]:
    """The hub inside of the test's transaction: its own handler would close the connection after each request."""
    answer = _hub(environ)
    cookies = [("Set-Cookie", each.OutputString()) for each in answer.cookies.values()]
    status = f"{answer.status_code} {answer.reason_phrase}"
    start_response(status, [*answer.items(), *cookies])
    return [b"".join(answer)]


@pytest.fixture
def world(settings) -> World:
    settings.RATE_LIMITS = dict.fromkeys(
        ("api", "api-anonymous", "write", "make", "comment", "upload", "mint-token"), "0/60"
    )
    return make_world()


@pytest.mark.parametrize("who", ["nobody", "a member", "an owner"])
def test_every_answer_is_one_that_the_schema_promises(who: str, world: World) -> None:
    user = {"nobody": None, "a member": world.writer, "an owner": world.owner}[who]
    headers = {"Authorization": f"Bearer {make_token(user, scope='admin')[1]}"} if user else {}
    schema = schemathesis.openapi.from_wsgi("/api/v1/schema/", _application)
    surprises = []
    for found in schema.get_all_operations():
        assert isinstance(found, Ok)
        operation = found.ok()
        try:
            _ask(operation, world, headers)
        except (Exception, BaseExceptionGroup) as surprise:  # noqa: BLE001 - all of them
            surprises.append(f"{operation.label}: {_words(surprise)}")

    assert surprises == []


def _ask(operation: Any, world: World, headers: dict[str, str]) -> None:
    """Ask an operation ``EXAMPLES`` times, each taken back; two times of three about something that exists."""
    kinds = [GenerationMode.POSITIVE]
    if operation.body or operation.query or operation.path_parameters or operation.headers:
        kinds.append(GenerationMode.NEGATIVE)
    cases = st.one_of(*(operation.as_strategy(generation_mode=kind) for kind in kinds))
    places = world.places(operation.path)

    @FUZZ
    @given(case=cases, about=st.sampled_from(["what is there", "what is there", "anything"]))
    def ask(case: Any, about: str) -> None:
        if about == "what is there":
            for name in case.path_parameters:
                case.path_parameters[name] = places.get(name, case.path_parameters[name])
        with transaction.atomic():
            response = case.call(headers=headers | {"Accept-Encoding": "identity"})
            transaction.set_rollback(True)
        case.validate_response(response, checks=CHECKS)

    ask()


def _words(surprise: BaseException) -> str:
    """What went wrong, without the whole trace."""
    inner = getattr(surprise, "exceptions", (surprise,))
    return f"{surprise}\n{' | '.join(map(str, inner))}"[:1500]
