"""What a message says: the event as the record has it, and the model by the name that it has now."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from functools import cache
from typing import Any, get_type_hints

from django.conf import settings

from governance.audit.models import AuditEvent
from governance.audit.queries import values_of
from governance.outbox.topics import TOPICS
from hub.core.events import Event, all_events
from models_catalog.repos.models import Repo

TEST = "webhook:test"
_EXAMPLES: dict[str, Any] = {
    "manifest_digest": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
    "sha1": "1f3870be274f6c49b3e31a0c6728957f5c3a0d1e",
    "path": "model.safetensors",
    "verdict": "safe",
    "kind": "approve",
    "role": "reviewer",
    "visibility": "public",
    "gating": "none",
    "preset": "light",
    "expires": "2026-12-31",
    "ruleset": "f00dcafe",
    "ref": "refs/heads/main",
}
_HIDDEN = ("actor", "actor_name", "actor_address", "label", "reason")


def subscribable() -> list[str]:
    """Every event that a webhook can be told of, by name."""
    return sorted(TOPICS.keys() & all_events().keys())


def body_of(event: AuditEvent, repo: Repo | None) -> str:
    """The message about an event, as JSON."""
    values = values_of(event)
    actor = values.get("actor_name")
    return _written(
        event.name,
        event.happened_at,
        {
            "id": str(event.public_id),
            "actor": {"name": actor} if actor else None,
            "label": values.get("label", ""),
            "reason": values.get("reason", ""),
            "model": _model(str(repo.public_id), repo.full_name) if repo else None,
            "details": {key: value for key, value in values.items() if key not in _HIDDEN},
        },
    )


def test_body(moment: datetime) -> str:
    """The message of the test button."""
    return _written(TEST, moment, {"hello": settings.HUB_NAME})


@cache
def sample(name: str) -> str:
    """What a message about events of this name looks like: made from the event's own class, to be read by people."""
    event = all_events()[name]
    hints = get_type_hints(event)
    base = {field.name for field in fields(Event)}
    details = {
        field.name: _example(field.name, hints.get(field.name))
        for field in fields(event)
        if field.name not in base and _is_plain(hints.get(field.name))
    }
    is_of_model = "repo" in hints
    text = _written(
        name,
        datetime.fromisoformat("2026-11-20T09:30:00+00:00"),
        {
            "id": "0b0c3c1e-5c0f-4a35-9a53-0e6b8b9a8c11",
            "actor": {"name": "ada"},
            "label": "savanna/minilm" if is_of_model else "savanna",
            "reason": "",
            "model": _model("7d3c5b2a-9d1f-4f0c-8a64-2f2c55d0a111", "savanna/minilm")
            if is_of_model
            else None,
            "details": details,
        },
    )
    return json.dumps(json.loads(text), indent=2, ensure_ascii=False)


def _written(name: str, moment: datetime, data: Mapping[str, Any]) -> str:
    message = {
        "type": name.replace(":", "."),
        "timestamp": moment.isoformat().replace("+00:00", "Z"),
        "data": {"event": name, **data},
    }
    return json.dumps(message, separators=(",", ":"), ensure_ascii=False)


def _model(public_id: str, name: str) -> dict[str, str]:
    return {"id": public_id, "name": name, "url": f"{settings.PUBLIC_URL}/{name}"}


def _is_plain(hint: Any) -> bool:
    return not (
        isinstance(hint, type) and hint.__module__.startswith(("models_catalog", "governance"))
    )


def _example(name: str, hint: Any) -> Any:
    """An example of a field, by its name or else by its type."""
    if name in _EXAMPLES:
        return _EXAMPLES[name]
    if name.endswith("sha1"):
        return _EXAMPLES["sha1"]
    if hint is bool:
        return True
    if hint is int:
        return 3
    if "list" in str(hint):
        return ["…"]
    return {} if "dict" in str(hint) else "…"
