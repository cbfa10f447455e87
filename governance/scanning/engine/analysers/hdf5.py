"""HDF5: its whole structure is walked; what leads out of the file or hides in it is found, arrays themselves are only located.

Models of Keras keep their description in attributes, which are judged as in ``keras.config``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from governance.scanning.engine import rules
from governance.scanning.engine.hdf5 import datatypes, filters, layouts, superblock
from governance.scanning.engine.hdf5.attributes import Attribute, values
from governance.scanning.engine.hdf5.groups import Link
from governance.scanning.engine.hdf5.heaps import GlobalHeap
from governance.scanning.engine.hdf5.nodes import Dataset, Node, check_extension, nodes
from governance.scanning.engine.hdf5.source import Broken, Source, Unread
from governance.scanning.engine.keras import config
from governance.scanning.engine.pickle.streams import is_pickle, run_streams
from governance.scanning.engine.reader import BytesReader, SliceReader
from governance.scanning.engine.subject import Subject

KERAS = "keras-h5"
_DESCRIPTIONS = frozenset({"model_config", "training_config", "layer_config", "config"})
_OUTSIDE = re.compile(
    r"[/~\\]|[A-Za-z]:[\\/]|(?:.*[/\\])?\.\.(?:[/\\]|$)|[a-z0-9+.-]+://", re.DOTALL
)
_LONG_TEXT = 24
_HEAD = 64 * 1024
_NAME = rb"[A-Za-z_][\w.]{0,80}"
_TEXT = rb"(?:\x8c.|X.\0\0\0)"
_PICKLED = re.compile(
    rb"\A\x80[\x00-\x05]|[ci]" + _NAME + rb"\n" + _NAME + rb"\n|"
    + _TEXT + _NAME + rb".{0,6}" + _TEXT + _NAME + rb".{0,6}\x93",
    re.DOTALL,
)  # fmt: skip
"""Bytes that could be the beginning of a pickle which imports something; pictures are full of single operations."""
_MOST_BYTES = 4 * 1024 * 1024
"""Of one array of bytes or texts that is looked into."""
_MATLAB_HEAD = 128
_MATLAB_CODE = frozenset({b"function_handle", b"FileWrapper__", b"MCOS", b"opaque", b"inline"})


def analyse(subject: Subject) -> None:
    """Walk the file; whatever cannot be followed is said."""
    try:
        opened = superblock.open_file(subject.reader, subject.meter)
        _check_edges(subject, opened)
        check_extension(opened)
        heap = GlobalHeap(opened.source)
        _walk(_File(subject, opened.source, heap), opened)
    except Broken as reason:
        subject.add(rules.hdf5.BROKEN, f"The file cannot be followed: {reason}.")
    except Unread as what:
        subject.add(rules.hdf5.UNREAD, f"Nothing here reads {what}.")


@dataclass(slots=True)
class _File:
    """What the parts of one walk share."""

    subject: Subject
    source: Source
    heap: GlobalHeap
    texts: list[bytes] = field(default_factory=list)
    """Texts of all attributes and arrays, which are examined together."""
    text_bytes: int = 0

    def keep(self, text: bytes) -> None:
        """Remember a text, as long as they are not too many."""
        if self.text_bytes < _MOST_BYTES:
            self.texts.append(text)
            self.text_bytes += len(text)


def _walk(file: _File, opened: superblock.Opened) -> None:
    datasets = 0
    for node in nodes(opened, file.heap):
        datasets += node.dataset is not None
        _node(file, node)
    file.subject.fact("datasets", datasets)
    if file.texts:
        file.subject.examine_inside(BytesReader(b"\n".join(file.texts)), "texts")


def _check_edges(subject: Subject, opened: superblock.Opened) -> None:
    """What stands in front of the superblock, and after what the file calls its end."""
    size = subject.reader.size
    if opened.stored_end > size:
        missing = opened.stored_end - size
        raise Broken(f"its last {missing:,} bytes are missing")
    if opened.stored_end < size:
        text = f"{size - opened.stored_end:,} bytes follow the end of the file."
        subject.add(rules.hdf5.TRAILING, text, offset=opened.stored_end)
    if not opened.at:
        return
    front = subject.reader.read_at(0, min(opened.at, _MOST_BYTES))
    if front.startswith(b"HDF5-based Julia Data Format"):
        subject.add(rules.hdf5.JULIA, "Julia may make objects of any type from it.")
        return
    if front.startswith(b"MATLAB 7.3 MAT-file"):
        front = front[_MATLAB_HEAD:]
    if front.strip(b"\0") or opened.at > _MOST_BYTES:
        text = f"{opened.at:,} bytes that are no part of the data stand in front of it."
        subject.add(rules.hdf5.IN_FRONT, text, offset=0)
        subject.examine_inside(SliceReader(subject.reader, 0, opened.at), "in front")


def _node(file: _File, node: Node) -> None:
    for link in node.links:
        _link(file.subject, node, link)
    for attribute in node.attributes:
        _attribute(file, node, attribute)
    if node.dataset is not None:
        _dataset(file, node, node.dataset)


def _link(subject: Subject, node: Node, link: Link) -> None:
    where = f"{node.path.rstrip('/')}/{link.name}"
    if link.is_external:
        _other_file(subject, f"The link {where!r} leads to {link.path!r} in the file", link.file)
    elif link.address is None and not link.is_soft:
        subject.add(rules.hdf5.ODD_LINK, f"The link {where!r} has the unknown kind {link.kind}.")


def _other_file(subject: Subject, text: str, file: str) -> None:
    rule = rules.hdf5.FILE_OUTSIDE if _OUTSIDE.match(file) else rules.hdf5.OTHER_FILE
    subject.add(rule, f"{text} {file!r}.")


def _attribute(file: _File, node: Node, attribute: Attribute) -> None:
    where = f"{node.path.rstrip('/')}@{attribute.name}"
    if attribute.name.startswith("MATLAB_") and _MATLAB_CODE & set(attribute.values):
        file.subject.add(rules.hdf5.MATLAB, f"{node.path} is {attribute.texts[0]!r}.")
    if attribute.name in _DESCRIPTIONS:
        for text in attribute.texts:
            if text.lstrip()[:1] in ("{", "[") or attribute.name != "config":
                file.subject.also(KERAS)
                config.judge_text(file.subject, text, where)
        return
    for value in attribute.values:
        _look_into(file, value, where, with_text=True)


def _look_into(file: _File, value: bytes, where: str, *, with_text: bool) -> None:
    """Bytes may be a pickle, which some readers of HDF5 load by themselves, or text that says something."""
    subject = file.subject
    if _PICKLED.search(value[:_HEAD]):
        reader = BytesReader(value)
        if is_pickle(reader, run_streams(reader, subject.where, subject.meter)):
            subject.examine_inside(reader, where)
            return
    text = value.rstrip(b"\0")
    if with_text and len(text) >= _LONG_TEXT and b"\0" not in text and _is_utf8(text):
        if text[:1] in b"{[<":
            subject.meter.spend_members(1)
            subject.examine_inside(BytesReader(text), where)
        else:
            file.keep(text)


def _is_utf8(value: bytes) -> bool:
    try:
        value.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _dataset(file: _File, node: Node, dataset: Dataset) -> None:
    subject = file.subject
    for part in dataset.external:
        _other_file(subject, f"The array {node.path!r} lies in the file", part.file)
    if dataset.layout.of == layouts.VIRTUAL:
        _other_file(
            subject, f"The array {node.path!r} is put together from the file", dataset.layout.file
        )
    for one in dataset.filters:
        if one.number not in filters.KNOWN:
            text = f"The array {node.path!r} went through the filter {one.number} {one.name!r}."
            subject.add(rules.hdf5.FILTER, text)
    if not dataset.external and dataset.layout.of != layouts.VIRTUAL:
        content = _content(file.source, node, dataset)
        if content:
            _look_at_items(file, node, dataset, content)


def _content(source: Source, node: Node, dataset: Dataset) -> bytes:
    """The items of an array that may hold a file; of others it is only checked where they lie."""
    kind, layout = dataset.kind, dataset.layout
    wanted = kind.may_hold_a_file or kind.is_list
    expected = dataset.count * kind.size
    if layout.of == layouts.COMPACT:
        if len(layout.inside) < expected:
            raise Broken(f"the array {node.path!r} is shorter than its shape")
        return layout.inside if wanted else b""
    found: list[bytes] = []
    room = _MOST_BYTES if wanted else 0
    try:
        for address, size, mask in layouts.pieces(source, layout, expected):
            source.meter.spend_steps(1)
            if room > 0:
                found.append(_piece(source, dataset, address, size, mask))
                room -= len(found[-1])
    except Unread:
        if wanted:
            raise
    return b"".join(found)


def _piece(source: Source, dataset: Dataset, address: int, size: int, mask: int) -> bytes:
    stored = min(size, _MOST_BYTES)
    content = source.read(address, stored, "an array").content
    source.meter.spend_inflated(len(content))
    if dataset.layout.of != layouts.CHUNKED or not dataset.filters:
        return content
    if stored < size or dataset.layout.chunk_bytes > 16 * _MOST_BYTES:
        raise Unread(f"compressed arrays of more than {_MOST_BYTES:,} bytes")
    return filters.undo(content, dataset.filters, mask, dataset.layout.chunk_bytes + 1)


def _look_at_items(file: _File, node: Node, dataset: Dataset, content: bytes) -> None:
    kind = dataset.kind
    whole = content[: len(content) - len(content) % kind.size]
    if not kind.is_list and kind.of != datatypes.STRING:
        _look_into(file, content, node.path, with_text=False)
        return
    for value in values(file.source, file.heap, kind, whole):
        _look_into(file, value, node.path, with_text=True)
