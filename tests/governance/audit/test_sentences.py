from __future__ import annotations

from dataclasses import fields
from importlib import import_module
from pathlib import Path
from string import Formatter

import pytest

from governance.audit.sentences import SENTENCES, sentence
from hub.core.events import Event, all_events

ROOT = Path(__file__).parents[3]
ABSTRACT = ":touched"  # only ever bases of other events; nobody emits them


def _known() -> dict[str, type[Event]]:
    """Every event of every slice, whether or not somebody has imported it so far."""
    for app in ("accounts", "models_catalog", "governance"):
        for path in sorted((ROOT / app).glob("*/events.py")):
            import_module(f"{app}.{path.parent.name}.events")
    return {name: event for name, event in all_events().items() if not name.endswith(ABSTRACT)}


EVENTS = _known()


@pytest.mark.parametrize("name", sorted(EVENTS))
def test_every_event_has_a_sentence(name: str) -> None:
    assert name in SENTENCES


@pytest.mark.parametrize("name", sorted(SENTENCES))
def test_every_sentence_belongs_to_an_event(name: str) -> None:
    assert name in EVENTS


def test_a_sentence_tells_roles_verdicts_and_digests_in_words() -> None:
    given = {"member": "grace", "role": "security_reviewer", "label": "savanna"}
    assert (
        sentence("organization:role_given", given)
        == "gave grace the role Security reviewer in savanna"
    )

    scanned = {
        "sha1": "0123456789abcdef" * 2 + "01234567",
        "label": "savanna/karibu",
        "verdict": "safe",
    }
    assert sentence("revision:scanned", scanned) == "scanned 0123456789ab of savanna/karibu: Clean"


def test_what_somebody_typed_is_not_a_template() -> None:
    fields = {"member": "{role}", "role": "reader", "label": "{0.__class__}"}

    assert (
        sentence("organization:role_given", fields)
        == "gave {role} the role Reader in {0.__class__}"
    )


def test_an_event_from_before_a_field_existed_is_still_told() -> None:
    assert (
        sentence("version:released", {"label": "savanna/karibu"})
        == "released version – of savanna/karibu"
    )


def test_an_event_nobody_wrote_a_sentence_for_is_named() -> None:
    assert (
        sentence("stage:moved_back", {"label": "savanna/karibu"})
        == "stage moved back: savanna/karibu"
    )
    assert sentence("stage:moved_back", {}) == "stage moved back"


@pytest.mark.parametrize("name", sorted(SENTENCES.keys() & EVENTS.keys()))
def test_a_sentence_asks_for_fields_that_its_event_has(name: str) -> None:
    asked = {
        field
        for _text, field, _spec, _conversion in Formatter().parse(str(SENTENCES[name]))
        if field
    }
    event = EVENTS[name]

    known = {field.name for field in fields(event)}
    from_row = {"version", "preset"} if name.startswith("policy:") else set()
    assert asked <= known | from_row
