"""Nothing protected moves and no blocked byte leaves without the review it needs, whichever door is tried.

Whoever tries is the owner of the organisation: they may everything but do without a review.
"""

from __future__ import annotations

import json
from collections import defaultdict
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.core.management import CommandError, call_command, get_commands
from django.db import transaction
from django.test import Client

from governance.audit.models import AuditEvent
from hub.celery import app
from hub.core.jobs.actions import known_kinds
from hub.core.rate_limits import LIMITS
from tests.security.bypass.doors import DOORS, Try
from tests.security.bypass.rows import COMMANDS, HARMLESS, JOBS
from tests.security.bypass.world import everything, facts_of, make_world
from tests.security.routes import Route, every_route

pytestmark = [pytest.mark.django_db, pytest.mark.data]

UNSAFE = ("POST", "PUT", "PATCH", "DELETE")
ROUTES = {route.view_name: route for route in every_route()}
# Whatever a form could call what it wants to move.
GREEDY = {
    "stage": "production", "name": "production", "alias": "champion", "version": 2, "number": 2,
    "visibility": "public", "gating": "none", "gating_terms": "", "preset": "open", "kind": "approve",
    "reason": "So.", "target": "stage", "label": "9.9", "branch": "main", "title": "So.", "body": "So.",
    "review": 4, "discussion": 4, "is_protected": False, "namespace": "savanna", "act": "change",
    "operations": [{"do": "add", "path": "x.txt", "text": "x"}], "role": "maintainer", "purpose": "So.",
}  # fmt: skip


@pytest.fixture(autouse=True)
def without_limits(settings):
    settings.RATE_LIMITS = dict.fromkeys(LIMITS, "0/60")


@pytest.fixture
def world():
    return make_world()


@pytest.fixture
def owner(world):
    client = Client(raise_request_exception=False)
    client.force_login(world.owner)
    return client


def _address(world, route: Route, places) -> str:
    numbers = {"change": world.change, "request": world.request, "first": world.first.number}
    named = {key: value.format(**numbers) for key, value in places.items()}
    values = defaultdict(lambda: "nothing", world.known | named)
    return route.filled(**{name: values[name] for name in route.parameters})


def _ask(client, method: str, address: str, body):
    if method == "GET":
        answer = client.get(address, follow=False)
    elif address.startswith("/api/"):
        answer = client.generic(method, address, _json(body), content_type="application/json")
    else:
        answer = client.generic(
            method, address, _form(body), content_type="application/x-www-form-urlencoded"
        )
    if answer.streaming:
        answer.close()
    return answer


def _json(body) -> bytes:
    return json.dumps(body).encode()


def _form(body) -> str:
    return urlencode({key: value for key, value in body.items() if isinstance(value, str | int)})


def _attempts() -> list[str]:
    rows = AuditEvent.objects.filter(name="attempt:refused").order_by("pk")
    return [row.data["on"] for row in rows]


def test_each_door_stays_shut_changes_nothing_and_leaves_its_attempt(world, owner):
    told = []
    for door, tries in DOORS.items():
        for each in tries:
            told += _tried(world, owner, door, each)

    assert told == []


def _tried(world, client, door: str, each: Try) -> list[tuple[str, str, object]]:
    """What is wrong with the answer to one attempt, which is taken back."""
    told: list[tuple[str, str, object]] = []
    with transaction.atomic():
        before = everything()
        body = {
            key: value.format(head=world.head) if isinstance(value, str) else value
            for key, value in each.body.items()
        }
        answer = _ask(client, each.method, _address(world, ROUTES[door], each.places), body)
        if answer.status_code not in (302, 400, 403, 409, 422):
            told.append((door, each.on, answer.status_code))
        told += [
            (door, each.on, model) for model, rows in everything().items() if rows != before[model]
        ]
        if _attempts() != [each.on]:
            told.append((door, each.on, _attempts()))
        transaction.set_rollback(True)
    return told


def test_whatever_a_form_of_a_model_is_sent_nothing_protected_moves(world, owner):
    """Every address of the hub below a model, new ones too: no row is needed to be attacked."""
    stood = facts_of(world.repo)
    moved = []
    for route in ROUTES.values():
        if not route.is_of_model:
            continue
        for method in UNSAFE:
            for number in {str(world.second.number), str(world.change), str(world.request)}:
                address = _address(
                    world, route, {"number": number} if "number" in route.parameters else {}
                )
                with transaction.atomic():
                    answer = _ask(owner, method, address, GREEDY)
                    if answer.status_code >= 500 or not stood.allows(facts_of(world.repo)):
                        moved.append((method, str(route), answer.status_code))
                    transaction.set_rollback(True)
                if answer.status_code == 405 or "number" not in route.parameters:
                    break

    assert moved == []


def test_every_address_of_a_model_has_its_row():
    known = set(DOORS) | HARMLESS
    served = {name for name, route in ROUTES.items() if route.is_of_model}

    assert served - known == set()
    assert known - served == set()
    assert set(DOORS) & HARMLESS == set()


def test_every_command_has_its_row_and_moves_nothing_protected(world):
    ours = {
        name
        for name, place in get_commands().items()
        if str(place).startswith(("hub", "accounts", "models_catalog", "governance"))
    }
    stood = facts_of(world.repo)

    for name in sorted(name for name, what in COMMANDS.items() if what == "run"):
        try:
            call_command(name, stdout=StringIO(), stderr=StringIO())
        except (SystemExit, CommandError):
            pass  # it found something to complain of, which is its work

    assert ours == set(COMMANDS)
    assert facts_of(world.repo) == stood


def test_every_kind_of_job_has_its_row():
    app.loader.import_default_modules()

    assert known_kinds() == set(JOBS)
