"""The cells of the tables: which are asked, what they promise, and what is wrong with an answer.

Asked is by this rule, which ``test_tables.py`` holds it to:

- about a public model, and about what belongs to no model: of the routes that ask for the same right, to read or to send, the first
  is asked by everybody, every other of both faces by one actor for each letter of the right's line, so that each gives every kind
  of answer that it owes;
- about a model in another state: where the state itself says something of a right, in the same way; where it says no more than who knows of the model, by one actor for whom it is hidden or gone and by one other, and by
  everybody at a route for seeing it; where the line is the one of a public model, by one actor.

Which actor stands for a letter changes from route to route and from state to state, so that everybody comes round.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from tests.security.matrix import rows
from tests.security.matrix.asking import Said
from tests.security.matrix.rows import NONE, THREAD, Row
from tests.security.matrix.rules import Answer
from tests.security.routes import Route, every_route

Line = Mapping[str, Answer]
Table = Mapping[str, Line]
API = "/api/"
# Pages that take something else than a form.
METHODS = {"catalog:upload-file": ("PATCH", "DELETE")}
NOT_SIGNED_IN = ("an", "su")
NO_SUCH_METHOD = 405
PAGES_THAT_REFUSE = (302, 409, 422)
MOVING = (302, 303)
# Bytes that came along with what is refused lie in no model: the next collection takes them away.
BYTES_THAT_CAME = ('"models_catalog_blob"', '"models_catalog_blobreceipt"', "blob:received")
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
    def kind(self) -> tuple[str, bool]:
        """Doors of one kind ask for the same right, to read or to send."""
        return self.right, self.method == "GET"

    def line(self, table: Table) -> Line:
        """What everybody is promised here. Who knows of no change knows of nothing about it."""
        line = table[self.right]
        if self.row.number == THREAD:
            return line
        hidden = {actor for actor, letter in table["draft"].items() if letter is Answer.HIDDEN}
        return {actor: Answer.HIDDEN if actor in hidden else line[actor] for actor in line}

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
    doors: list[Door], table: Table, usual: Table, turn: int = 0
) -> Iterator[tuple[Door, str, Answer]]:
    """Who asks at which door, and what they are promised; another ``turn`` is other people's."""
    met: set[object] = set()
    for number, door in enumerate(doors, start=turn):
        line, known = door.line(table), door.line(usual)
        kind = door.kind if table is usual else door.right
        is_first = kind not in met
        met.add(kind)
        own = table is usual or _is_own(table, line, known)
        if is_first and (own or (door.right == "see" and line != known)):
            actors = list(line)
        elif own:
            actors = _one_of_each(line, line, number)
        else:
            unknown = {who: letter is known[who] or letter for who, letter in line.items()}
            actors = _one_of_each(line, unknown, number)
        yield from ((door, actor, line[actor]) for actor in actors)


def _is_own(table: Table, line: Line, known: Line) -> bool:
    """Whether a state says something of its own about a right, beside who knows of the model at all."""
    told = {letter for actor, letter in line.items() if letter is not known[actor]}
    return not told <= set(table["know"].values()) - {Answer.YES}


def _one_of_each(line: Line, sorts: Mapping[str, object], number: int) -> list[str]:
    of_sort = {sort: [actor for actor in line if sorts[actor] is sort] for sort in sorts.values()}
    return [actors[number % len(actors)] for actors in of_sort.values()]


def fault(door: Door, actor: str, promised: Answer, said: Said) -> str:
    """What is wrong with an answer; nothing when it keeps the promise. What is hidden is compared elsewhere as well."""
    if said.status >= 500 or said.status == NO_SUCH_METHOD:
        return "stumbled"
    if promised is Answer.EITHER and said.status >= 400:
        promised = Answer.STOPPED
    if promised in (Answer.YES, Answer.EITHER):
        return _fault_of_yes(door, said)
    if promised is Answer.STOPPED:
        said.changed = [each for each in said.changed if each not in BYTES_THAT_CAME]
    if said.changed:
        return f"changed {' '.join(said.changed)}"
    return "" if _keeps(door, actor, promised, said) else "answered otherwise"


def _keeps(door: Door, actor: str, promised: Answer, said: Said) -> bool:
    """Whether an answer to somebody who gets nothing is the one that was promised."""
    if said.word is promised or (said.word is Answer.HIDDEN and door.row.is_loose):
        return True
    if promised is Answer.STOPPED:
        is_stopped = said.status >= 400 or said.status in MOVING
        return is_stopped and said.word is not Answer.SIGN_IN
    if promised is Answer.HIDDEN:
        return actor in NOT_SIGNED_IN and said.word is Answer.SIGN_IN
    return promised in (Answer.REFUSED, Answer.SIGN_IN) and _says_so_on_a_page(door, said)


def _says_so_on_a_page(door: Door, said: Said) -> bool:
    """Whether a form is shown again, or leads back, with the sentence that refuses it."""
    return door.face == "pages" and door.method != "GET" and said.status in PAGES_THAT_REFUSE


def _fault_of_yes(door: Door, said: Said) -> str:
    if said.word is None:
        return "" if door.method != "GET" or said.status < 400 else "not shown"
    if said.word is Answer.HIDDEN and door.row.is_loose:
        return ""
    if said.word is Answer.REFUSED and door.row.is_gated:
        return ""
    return "refused"
