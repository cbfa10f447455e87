"""Indexes of weights that are split over several files: which files they name.

Loaders join these names to the folder and open what is there, whatever it is.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.report import MAX_FACT_ITEMS, Json
from governance.scanning.engine.subject import Subject

_MAX_FACT_KEYS = 8


def note(subject: Subject, value: Json) -> None:
    """Judge the names in an index, and keep them for the judgement of neighbours."""
    files = list(dict.fromkeys(_files(value)))
    for name in files:
        reason = leads_out(name)
        if reason:
            subject.add(rules.safetensors.SFT_INDEX, f"It names the file {name!r}: {reason}.")
    for start in range(0, min(len(files), _MAX_FACT_KEYS * MAX_FACT_ITEMS), MAX_FACT_ITEMS):
        listed = tuple(f"0:{name}" for name in files[start : start + MAX_FACT_ITEMS])
        subject.fact(f"index_files_{start // MAX_FACT_ITEMS}", listed)


def _files(value: Json) -> list[str]:
    """The files of every weight map, with the values of repeated keys."""
    if not isinstance(value, dict):
        return []
    maps = [one for key, one in value.items() if key.split("\0", 1)[0] == "weight_map"]
    return [
        name
        for one in maps
        if isinstance(one, dict)
        for name in one.values()
        if isinstance(name, str)
    ]
