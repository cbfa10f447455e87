"""Who asks: each kind of caller once, and the table of what they are answered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from accounts.users.models import User
from tests.factories.api import Program


class Browser(Program):
    """A script in the browser of somebody who is signed in."""

    def __init__(self, user: User) -> None:
        super().__init__()
        self.client.force_login(user)


Row = tuple[str, str, Any, Mapping[str, int]]


def surprises(caller: Program, who: str, rows: Sequence[Row]) -> list[str]:
    """The rows whose answer to this caller has another status than the table says; nothing that they change stays."""
    found = []
    for method, path, body, statuses in rows:
        with transaction.atomic():
            answer = caller(method, path, body)
            transaction.set_rollback(True)
        expected = statuses.get(who, statuses["else"])
        if answer.status_code != expected:
            found.append(
                f"{method} {path}: {answer.status_code}, not {expected}: {answer.content[:200]!r}"
            )
    return found


def routes_of(patterns: Sequence[Any], **places: Any) -> set[tuple[str, str]]:
    """(method, path) of everything that is routed, with ``places`` filled in."""
    found = set()
    for pattern in patterns:
        path = str(pattern.pattern)
        for name, value in places.items():
            for kind in ("str", "int", "rev", "path"):
                path = path.replace(f"<{kind}:{name}>", str(value))
        view = pattern.callback.cls
        found |= {
            (m.upper(), f"/{path}")
            for m in ("get", "post", "patch", "put", "delete")
            if hasattr(view, m)
        }
    return found
