"""The tables are whole: each route has a row, each row a line, each line every actor, and nothing is left out by the asking."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import pytest

from tests.security.matrix import rows, rules
from tests.security.matrix.cells import OF_MODELS, OF_THE_HUB, ROUTES, asked
from tests.security.matrix.rules import Answer

TABLES = {**rules.OF_MODELS, "": rules.OF_THE_HUB}
USUAL = {state: TABLES["public"] if state else TABLES[""] for state in TABLES}
DOORS = {state: OF_MODELS if state else OF_THE_HUB for state in TABLES}


def _rights(known: Mapping[str, rows.Row]) -> set[str]:
    return {right for row in known.values() for right in (row.reads, row.writes)} - {rows.NONE}


def test_every_route_has_its_row_and_every_row_its_route():
    of_models = {route.view_name for route in ROUTES if route.is_of_model}
    of_the_hub = {route.view_name for route in ROUTES if not route.is_of_model}

    assert rows.OF_MODELS.keys() == of_models
    assert rows.OF_THE_HUB.keys() == of_the_hub


def test_every_right_that_is_asked_for_has_a_line_and_every_line_is_asked_for():
    assert _rights(rows.OF_MODELS) == rules.read(rules.PUBLIC).keys() - {"know"}
    assert _rights(rows.OF_THE_HUB) == rules.OF_THE_HUB.keys()


@pytest.mark.parametrize("state", TABLES)
def test_every_line_speaks_of_everybody(state):
    assert {frozenset(line) for line in TABLES[state].values()} == {frozenset(rules.ACTORS)}


@pytest.mark.parametrize("state", TABLES)
def test_every_door_is_asked_and_by_those_for_whom_the_state_makes_a_difference(state):
    table, usual = TABLES[state], USUAL[state]
    given: dict[str, set[Answer]] = defaultdict(set)
    for door, actor, promised in asked(DOORS[state], table, usual):
        assert door.line(table)[actor] is promised
        given[str(door)].add(promised)

    assert given.keys() == {str(door) for door in DOORS[state]}
    for door in DOORS[state]:
        line, known = door.line(table), door.line(usual)
        owed = {letter for actor, letter in line.items() if letter is not known[actor]}
        assert given[str(door)] >= (set(line.values()) if table is usual else owed), door


@pytest.mark.parametrize("state", ["public", ""])
def test_everybody_asks_for_each_right_to_read_and_to_send(state):
    asking: dict[tuple[str, bool], set[str]] = defaultdict(set)
    for door, actor, _ in asked(DOORS[state], TABLES[state], USUAL[state]):
        asking[door.kind].add(actor)

    assert set(map(frozenset, asking.values())) == {frozenset(rules.ACTORS)}


@pytest.mark.parametrize("state", rules.STATES)
def test_everybody_asks_for_what_a_state_says_of_its_own(state):
    lines = rules.read(rules.STATES[state]).keys()
    asking: dict[str, set[str]] = defaultdict(set)
    for door, actor, _ in asked(OF_MODELS, TABLES[state], USUAL[state]):
        asking[door.right].add(actor)

    told = {"see" if right == "know" else right for right in lines}
    assert {frozenset(asking[right]) for right in told} == {frozenset(rules.ACTORS)}


def test_an_actor_comes_round_to_every_door_of_their_letter():
    """Over the states: another turn is another person's."""
    public = TABLES["public"]
    once, again = (
        {(str(door), who) for door, who, _ in asked(OF_MODELS, public, public, turn)}
        for turn in (0, 1)
    )

    assert len(again - once) > len(OF_MODELS) / 2
