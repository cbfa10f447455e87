"""Scripts: what they would do is for a person to read."""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.scripts import HEAD, kind_of_script
from governance.scanning.engine.subject import Subject


def analyse(subject: Subject) -> None:
    """Say what kind it is."""
    kind = kind_of_script(subject.reader.read_at(0, HEAD))
    if kind:
        subject.add(rules.formats.FMT_SCRIPT, f"It begins as {kind}.", offset=0)
