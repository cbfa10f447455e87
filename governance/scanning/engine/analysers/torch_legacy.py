"""The form torch.save wrote before version 1.6: five pickles, then the raw bytes of every storage.

The storages stand in the order of the last pickle's keys, each preceded by its number of items (8 bytes, little
endian). Everything up to the last byte of the file must be accounted for.
"""

from __future__ import annotations

from governance.scanning.engine import rules
from governance.scanning.engine.pickle.storages import StorageClaim
from governance.scanning.engine.pickle.streams import TORCH_STREAMS
from governance.scanning.engine.pickle.values import Items
from governance.scanning.engine.reader import SliceReader
from governance.scanning.engine.subject import Subject

FORMAT = "torch-legacy"
_COUNT_BYTES = 8


def analyse(subject: Subject) -> None:
    """Compare the storages that the pickles declare with the bytes that follow them."""
    subject.also(FORMAT)
    found = subject.streams
    if len(found.streams) < TORCH_STREAMS:
        subject.add(
            rules.pickles.BROKEN,
            f"It begins as a torch checkpoint, but only {len(found.streams)} of its {TORCH_STREAMS} parts can be read.",
            offset=found.end,
        )
        return
    claims = {claim.key: claim for stream in found.streams for claim in stream.judge.storages}
    problem, position = _walk(subject, claims)
    if problem:
        subject.add(rules.pickles.STORAGE_MISMATCH, problem, offset=position)
    elif position < subject.reader.size:
        left = subject.reader.size - position
        subject.add(
            rules.pickles.TRAILING, f"{left:,} bytes follow the last tensor.", offset=position
        )
        subject.examine_inside(
            SliceReader(subject.reader, position, left), "bytes after the last tensor"
        )
    subject.fact("storages", len(claims))


def _walk(subject: Subject, claims: dict[str, StorageClaim]) -> tuple[str, int]:
    """What is wrong with the storages and where; an empty text and their end when nothing is."""
    keys = subject.streams.streams[-1].outcome.value
    position = subject.streams.end
    if not isinstance(keys, Items) or keys.kind != "list":
        return "The list of storages is missing.", position
    seen: set[str] = set()
    for key in keys.items:
        name = str(key) if isinstance(key, str | int) else ""
        claim = claims.get(name)
        if claim is None or name in seen:
            return (
                f"Storage {name!r} is listed, but no tensor uses it, or it is listed twice.",
                position,
            )
        seen.add(name)
        count = int.from_bytes(subject.reader.read_at(position, _COUNT_BYTES), "little")
        if count != claim.count:
            return (
                f"Storage {name} says it has {count:,} items, its tensor says {claim.count:,}.",
                position,
            )
        position += _COUNT_BYTES + claim.length
        if position > subject.reader.size:
            return f"Storage {name} ends after the file does.", position
    if len(seen) < len(claims):
        return f"{len(claims) - len(seen):,} storages are used, but not stored.", position
    return "", position
