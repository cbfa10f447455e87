"""The cells of the tables: which are asked, what they promise, and what is wrong with an answer.

Asked is by this rule. Of the routes of one face that ask for the same right the first is asked by everybody, in every state.
The others are asked, in every state, by one actor for each letter of their right's line, another one for each route, so that
each route gives every kind of answer that it owes and every actor comes round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.security.matrix import rows
from tests.security.matrix.asking import Said
from tests.security.matrix.rows import NONE, Row
from tests.security.matrix.rules import Answer
from tests.security.routes import Route, every_route

API = "/api/"
# Pages that take something else than a form.
METHODS = {"catalog:upload-file": ("PATCH", "DELETE")}
NOT_SIGNED_IN = ("an", "su")
NO_SUCH_METHOD = 405
ROUTES = every_route()


@dataclass(frozen=True)
class Door:
    """A route with one of its methods, and the right that it asks for."""

    route: Route
    method: str
    row: Row

    @property
    def right(self) -> str:
        """What somebody has to hold."""
        return self.row.reads if self.method == "GET" else self.row.writes

    @property
    def face(self) -> str:
        """Where it stands."""
        return "api" if self.route.template.startswith(API) else "pages"

    @property
    def kind(self) -> tuple[str, str, bool]:
        """Doors of one kind are opened by the same lines of code."""
        return self.face, self.right, self.method == "GET"

    def __str__(self) -> str:
        return f"{self.method} {self.route}"


def doors_of(routes: list[Route], known: Mapping[str, Row]) -> list[Door]:
    """Each route with each method that its row speaks of."""
    return [
        Door(route, method, known[route.view_name])
        for route in routes
        if route.view_name in known
        for method in _methods(route, known[route.view_name])
    ]


def _methods(route: Route, row: Row) -> Iterator[str]:
    if row.reads != NONE:
        yield "GET"
    if row.writes == NONE:
        return
    view = getattr(route.view, "cls", None)
    if view is None:
        yield from METHODS.get(route.view_name, ("POST",))
    else:
        yield from (
            each.upper() for each in ("post", "put", "patch", "delete") if hasattr(view, each)
        )


OF_MODELS = doors_of([each for each in ROUTES if each.is_of_model], rows.OF_MODELS)
OF_THE_HUB = doors_of([each for each in ROUTES if not each.is_of_model], rows.OF_THE_HUB)


def asked(
    doors: list[Door], table: Mapping[str, Mapping[str, Answer]], turn: int = 0
) -> Iterator[tuple[Door, str, Answer]]:
    """Who asks at which door, and what they are promised; another ``turn`` is other people's."""
    met = set()
    for number, door in enumerate(doors, start=turn):
        line = table[door.right]
        if door.kind not in met:
            met.add(door.kind)
            yield from ((door, actor, promised) for actor, promised in line.items())
            continue
        for promised in dict.fromkeys(line.values()):
            actors = [actor for actor, letter in line.items() if letter == promised]
            yield door, actors[number % len(actors)], promised


def fault(door: Door, actor: str, promised: Answer, said: Said) -> str:
    """What is wrong with an answer; nothing when it keeps the promise. What is hidden is compared elsewhere as well."""
    if said.status >= 500 or said.status == NO_SUCH_METHOD:
        return "stumbled"
    if promised is Answer.YES:
        return _fault_of_yes(door, said)
    if said.changed:
        return f"changed {' '.join(said.changed)}"
    if promised is Answer.STOPPED:
        stopped = said.status >= 400 or said.status in (302, 303)
        return "" if stopped and said.word is not Answer.SIGN_IN else "not stopped"
    if promised is Answer.HIDDEN and actor in NOT_SIGNED_IN and said.word is Answer.SIGN_IN:
        return ""
    return "" if said.word is promised else "answered otherwise"


def _fault_of_yes(door: Door, said: Said) -> str:
    if said.word is None:
        return "" if door.method != "GET" or said.status < 400 else "not shown"
    if said.word is Answer.HIDDEN and door.row.is_loose:
        return ""
    if said.word is Answer.REFUSED and door.row.is_gated:
        return ""
    return "refused"
