"""Files that need others beside them: the outside data of ONNX models, and the parts that an index names.

That a name stays in its folder was judged with the bytes; here it is looked up what stands there in this revision.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from governance.scanning.engine import rules
from governance.scanning.engine.collector import make_finding
from governance.scanning.engine.context.entry import Entry
from governance.scanning.engine.places import beside, leads_out
from governance.scanning.engine.report import Finding

_SHOWN = 5


def external_data(entry: Entry, by_path: Mapping[str, Entry]) -> Iterator[Finding]:
    """Every outside file of a model is there, and as long as its tensors need it."""
    problems: list[str] = []
    for needed, name in _needed(entry, "external_files_"):
        path = beside(entry.path, name)
        found = by_path.get(path)
        if leads_out(name):
            continue  # said with the bytes already
        if found is None:
            problems.append(f"{path} is not here")
        elif found.size < needed:
            problems.append(f"{path} has {found.size:,} bytes, and {needed:,} are to be read")
    yield from _told(entry, problems)


def indexed_parts(entry: Entry, by_path: Mapping[str, Entry]) -> Iterator[Finding]:
    """Of the files that an index of weights names, either all are here or none: a part alone is a model that is broken."""
    paths = [beside(entry.path, name) for _, name in _needed(entry, "index_files_")]
    missing = [path for path in paths if path not in by_path]
    if len(missing) < len(paths):
        yield from _told(entry, [f"{path} is not here" for path in missing])


def _told(entry: Entry, problems: list[str]) -> Iterator[Finding]:
    if problems:
        more = f", and {len(problems) - _SHOWN:,} more" if len(problems) > _SHOWN else ""
        yield make_finding(
            rules.contexts.CTX_NEIGHBOUR,
            detail=f"{entry.path} needs other files: {', '.join(problems[:_SHOWN])}{more}.",
        )


def _needed(entry: Entry, prefix: str) -> Iterator[tuple[int, str]]:
    for key in entry.facts:
        if key.startswith(prefix):
            for one in entry.texts(key):
                length, _, name = one.partition(":")
                yield int(length) if length.isdecimal() else 0, name
