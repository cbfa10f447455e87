"""Every route of every face, for everybody, about a model in every state: answered as the tables promise."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pytest
from django.db import transaction

from hub.core.rate_limits import LIMITS
from tests.security.matrix import places, rules
from tests.security.matrix.asking import ask
from tests.security.matrix.cells import (
    OF_MODELS,
    OF_THE_HUB,
    Door,
    asked,
    fault,
)
from tests.security.matrix.rules import Answer
from tests.security.matrix.world import Places, World, make_world

pytestmark = [pytest.mark.django_db, pytest.mark.data]

FACES = ("api", "pages")


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker) -> Iterator[World]:
    """Made once: whatever is asked is taken back, and in the end all of it."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def without_limits(settings):
    settings.RATE_LIMITS = dict.fromkeys(LIMITS, "0/60")
    settings.ACCOUNT_RATE_LIMITS = False


@pytest.mark.parametrize("state", rules.STATES)
@pytest.mark.parametrize("face", FACES)
def test_a_model_is_what_the_tables_say(world, state, face):
    wrong = []
    turn, table = list(rules.STATES).index(state), rules.OF_MODELS[state]
    for door, actor, promised in asked(OF_MODELS, table, rules.OF_MODELS["public"], turn):
        if door.face != face:
            continue
        there = places.of_model(world, state, door)
        twin = places.missing_model(there, knows=table["know"][actor] is Answer.YES)
        wrong += _surprise(world, door, actor, promised, there, twin)

    assert not wrong, told(wrong)


@pytest.mark.parametrize("face", FACES)
def test_the_rest_of_the_hub_is_what_the_tables_say(world, face):
    wrong = []
    for door, actor, promised in asked(OF_THE_HUB, rules.OF_THE_HUB, rules.OF_THE_HUB):
        if door.face != face:
            continue
        there = places.of_hub(world, door)
        twin = places.missing_thing(there, door.route.parameters)
        wrong += _surprise(world, door, actor, promised, there, twin)

    assert not wrong, told(wrong)


def _surprise(
    world: World,
    door: Door,
    actor: str,
    promised: Answer,
    there: Places,
    twin: tuple[Places, Mapping[str, str]],
) -> list[str]:
    said = ask(door.route, door.method, there, world.credentials[actor])
    wrong = fault(door, actor, promised, said)
    if not wrong and promised is Answer.HIDDEN:
        missing, names = twin
        other = ask(door.route, door.method, missing, world.credentials[actor])
        wrong = "" if said.same_as(other, names) else f"a missing one differs: {other.status}"
    if not wrong:
        return []
    return [f"{promised} {actor} {door} ({door.route.view_name}): {said.status}, {wrong}"]


def told(wrong: list[str]) -> str:
    """All of it, a line each."""
    return "\n" + "\n".join(sorted(wrong))
