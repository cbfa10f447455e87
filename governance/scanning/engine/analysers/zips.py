"""ZIP archives, and the torch checkpoints that are ZIP archives.

Every member is examined whatever it is called. The exception are raw tensor bytes: where a pickle ``x/data.pkl`` declares
a storage of n bytes under the key k and the member ``x/data/k`` has exactly n bytes, torch will only ever copy those
bytes into memory, and they are not read.
"""

from __future__ import annotations

import zlib
from dataclasses import replace
from functools import partial

from governance.scanning.engine import rules
from governance.scanning.engine.analysers import packages, tflite, torch_exported, torch_script
from governance.scanning.engine.archive.directory import Entry, Unreadable, read_directory
from governance.scanning.engine.archive.inflate import inflated
from governance.scanning.engine.archive.layout import Member, lay_out
from governance.scanning.engine.code_names import is_code
from governance.scanning.engine.pickle.storages import StorageClaim
from governance.scanning.engine.pickle.streams import Streams, is_pickle
from governance.scanning.engine.reader import Reader, SliceReader
from governance.scanning.engine.subject import Subject

TORCH = "torch-zip"
EXPORTED = "torch-exported"
_TRACED = "/traced_inputs/"
_STORED, _DEFLATED = 0, 8
_PICKLE = ".pkl"
_CRC_BYTES = 256 * 1024 * 1024
_STEP = 1024 * 1024


def analyse(subject: Subject) -> None:
    """Check the archive's structure, then examine what it holds."""
    if subject.depth >= subject.meter.budget.depth:
        subject.add(
            rules.archives.ZIP_DEPTH, f"Archives are followed {subject.meter.budget.depth} deep."
        )
        return
    try:
        directory = read_directory(subject.reader, subject.meter.budget.members)
    except Unreadable as reason:
        _unreadable(subject, str(reason))
        return
    subject.meter.spend_members(len(directory.entries))
    members, flaws = lay_out(subject.reader, directory, tflite.front(subject))
    if _is_unsummed(directory.entries):
        members = [replace(member, is_summed=False) for member in members]
    for rule, text, offset in directory.flaws:
        subject.add(rule, text, offset=max(0, offset))
    for name, (rule, text, offset) in flaws:
        where = subject.path(name) if name else subject.where
        subject.add(rule, text, offset=max(0, offset), where=where)
    _code(subject, members)
    at, length = directory.comment
    if length:
        subject.examine_inside(SliceReader(subject.reader, at, length), "(comment)")
    subject.fact("members", len(members))
    _examine(subject, members)
    packages.examine(
        subject, {member.entry.name: partial(_open, subject, member) for member in members}
    )


def _is_unsummed(entries: list[Entry]) -> bool:
    """torch.serialization.set_crc32_options(False) leaves out every checksum, or none."""
    is_torch = any(entry.name.endswith("/.data/serialization_id") for entry in entries)
    return is_torch and not any(entry.crc for entry in entries)


def _code(subject: Subject, members: list[Member]) -> None:
    """Members that are code by their names; the code of TorchScript is read by an interpreter of its own."""
    scripted = _scripted(members)
    for member in members:
        name = member.entry.name
        if is_code(name) and not name.endswith("/") and not name.startswith(scripted):
            subject.add(
                rules.containers.ARC_CODE,
                f"{name!r} is code, judging by its name.",
                offset=member.entry.offset,
                where=subject.path(name),
            )


def _scripted(members: list[Member]) -> tuple[str, ...]:
    """The folders that hold TorchScript."""
    names = {member.entry.name for member in members}
    roots = {
        name.removesuffix("constants.pkl") for name in names if name.endswith("/constants.pkl")
    }
    return tuple(f"{root}code/" for root in roots if f"{root}data.pkl" in names)


def _unreadable(subject: Subject, reason: str) -> None:
    """An end record alone, by chance in other bytes, is no archive; with a directory it is a broken one."""
    tail = subject.reader.read_at(max(0, subject.reader.size - _STEP), _STEP)
    if subject.reader.read_at(0, 2) == b"PK" or b"PK\x01\x02" in tail:
        subject.add(rules.archives.ZIP_UNREADABLE, f"The archive cannot be read: {reason}.")
    else:
        subject.is_not("zip")


def _examine(subject: Subject, members: list[Member]) -> None:
    """Pickles first: they say which of the other members are tensors."""
    claims: dict[str, StorageClaim] = {}
    pickles = [member for member in members if member.entry.name.endswith(_PICKLE)]
    for member in pickles:
        for name, claim in _claims(subject, member).items():
            if claims.setdefault(name, claim).length != claim.length:
                subject.add(
                    rules.pickles.STORAGE_MISMATCH,
                    f"Tensors disagree about the length of storage {claim.key!r}.",
                    where=subject.path(name),
                )
    scripted = _scripted(members)
    raw = _exported(subject, members)
    tensors: list[Member] = []
    for member in members:
        name = member.entry.name
        claimed = claims.pop(name, None)
        if raw.get(name) == member.entry.size or _is_tensor(subject, member, claimed):
            tensors.append(member)
        elif name.startswith(scripted) and name.endswith(".py"):
            _examine_program(subject, member)
        elif not name.endswith(_PICKLE):
            _open_and_examine(subject, member)
    _missing(subject, claims)
    _verify(subject, tensors)


def _examine_program(subject: Subject, member: Member) -> None:
    """TorchScript looks like Python and is none; what cannot be read as TorchScript is examined as what it is."""
    reader = _open(subject, member)
    if reader is not None and not torch_script.analyse(subject, reader, member.entry.name):
        subject.examine_inside(reader, member.entry.name)


def _verify(subject: Subject, tensors: list[Member]) -> None:
    """Compare the checksums of as many tensors as are quickly read; the loaders compare them, too."""
    left = _CRC_BYTES
    for member in tensors:
        left -= member.entry.size
        if left >= 0:
            _open(subject, member)
        elif member.entry.method == _STORED:
            _compare(subject, member, member.entry.compressed, member.entry.crc, 0)


def _missing(subject: Subject, claims: dict[str, StorageClaim]) -> None:
    for name, claim in claims.items():
        subject.add(
            rules.pickles.STORAGE_MISMATCH,
            f"A tensor needs storage {claim.key!r} of {claim.length:,} bytes, which is missing.",
            where=subject.path(name),
        )


def _claims(subject: Subject, member: Member) -> dict[str, StorageClaim]:
    """The members that this pickle declares to be its storages."""
    name = member.entry.name
    reader, streams = _open_and_examine(subject, member)
    if reader is None or streams is None:
        return {}
    if (name == "data.pkl" or name.endswith("/data.pkl")) and is_pickle(reader, streams):
        subject.also(TORCH)
    folder = name.removesuffix(_PICKLE)
    claims = [claim for stream in streams.all for claim in stream.judge.storages]
    return {f"{folder}/{claim.key}": claim for claim in claims}


def _exported(subject: Subject, members: list[Member]) -> dict[str, int]:
    """The raw weights of an archive of torch.export, with the length that its tables state; its graphs are judged."""
    raw: dict[str, int] = {}
    for member in members:
        name = member.entry.name
        is_table = torch_exported.TABLE.fullmatch(name) is not None
        if not is_table and torch_exported.GRAPH.fullmatch(name) is None:
            continue
        reader = _open(subject, member)
        if reader is not None and is_table:
            raw.update(torch_exported.weights(reader, name))
        elif reader is not None and _is_exported(name, members):
            subject.also(EXPORTED)
            torch_exported.judge_graph(subject, reader, name)
    return raw


def _is_exported(graph: str, members: list[Member]) -> bool:
    root = graph.rpartition("models/")[0]
    return any(member.entry.name == f"{root}archive_format" for member in members)


def _is_tensor(subject: Subject, member: Member, claim: StorageClaim | None) -> bool:
    if claim is None:
        return False
    if member.entry.size == claim.length:
        return True
    if member.entry.size == 0 and _TRACED in f"/{member.entry.name}":
        return True  # torch.jit.trace names the inputs that it saw, and keeps none of their bytes
    subject.add(
        rules.pickles.STORAGE_MISMATCH,
        f"A tensor needs {claim.length:,} bytes; {member.entry.size:,} are stored.",
        where=subject.path(member.entry.name),
    )
    return False


def _open_and_examine(subject: Subject, member: Member) -> tuple[Reader | None, Streams | None]:
    """Examine one member; returns its bytes, and them read as pickle streams."""
    reader = _open(subject, member)
    if reader is None or (member.entry.name.endswith("/") and reader.size == 0):
        return None, None
    return reader, subject.examine_inside(reader, member.entry.name)


def _open(subject: Subject, member: Member) -> Reader | None:
    """The member's bytes; None, with a finding, when they cannot be had."""
    entry = member.entry
    where = subject.path(entry.name)
    packed = SliceReader(subject.reader, member.start, entry.compressed)
    if entry.is_encrypted:
        subject.add(rules.archives.ZIP_LOCKED, f"{entry.name!r} is encrypted.", where=where)
        return None
    if entry.method == _STORED:
        crc = _crc(packed) if packed.size <= _CRC_BYTES else entry.crc
        _compare(subject, member, packed.size, crc, 0)
        return packed
    if entry.method != _DEFLATED:
        subject.add(
            rules.archives.ZIP_METHOD, f"{entry.name!r} uses method {entry.method}.", where=where
        )
        return None
    unpacked = inflated(packed, subject.meter)
    if unpacked.flaw:
        subject.add(
            rules.archives.ZIP_UNREADABLE,
            f"{entry.name!r} cannot be unpacked: {unpacked.flaw}.",
            where=where,
        )
        return unpacked.reader if unpacked.reader.size else None
    _compare(subject, member, unpacked.reader.size, unpacked.crc, unpacked.unused)
    return unpacked.reader


def _compare(subject: Subject, member: Member, size: int, crc: int, unused: int) -> None:
    entry = member.entry
    where = subject.path(entry.name)
    if size != entry.size:
        subject.add(
            rules.archives.ZIP_DISAGREES,
            f"{entry.name!r} says that it has {entry.size:,} bytes, but it has {size:,}.",
            where=where,
        )
    elif member.is_summed and crc != entry.crc:
        subject.add(
            rules.archives.ZIP_CHECKSUM,
            f"The checksum of {entry.name!r} does not fit its bytes.",
            where=where,
        )
    if unused:
        subject.add(
            rules.archives.ZIP_GAPS,
            f"{unused:,} bytes follow the packed bytes of {entry.name!r}.",
            where=where,
        )


def _crc(reader: Reader) -> int:
    crc = 0
    for offset in range(0, reader.size, _STEP):
        crc = zlib.crc32(reader.read_at(offset, _STEP), crc)
    return crc
