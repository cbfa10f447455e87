"""OpenVINO models: a graph in XML, its weights in a file of the same name beside it.

Operators that are not of OpenVINO's own sets come from a library that the loading program brings along. The XML is read
without entities and without a tree; that it is well formed is the business of the analyser of XML.
"""

from __future__ import annotations

import re
from xml.parsers import expat

from governance.scanning.engine import rules
from governance.scanning.engine.subject import Subject

FACT = "weights_end"
LONGEST = 256 * 1024 * 1024
_SETS = re.compile(r"(?:opset[0-9]{1,3}|ie_internal_opset|experimental)?\Z")
_CHUNK = 1024 * 1024
_SHOWN = 5
_PATHS = frozenset({"path", "file", "filename", "library", "source"})


class _Entities(Exception):
    """The XML declares entities."""


class _Net:
    """What was seen while the XML went by."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self._strange: dict[str, str] = {}
        self.end = 0

    def element(self, name: str, attributes: dict[str, str]) -> None:
        self._subject.meter.spend_fields(1)
        if name == "layer":
            version = attributes.get("version", "")
            if not _SETS.match(version) and len(self._strange) < 1000:
                kind = f"{attributes.get('type', '')} of {version}"
                self._strange.setdefault(kind, attributes.get("name", ""))
        elif name == "data":
            self._data(attributes)

    def _data(self, attributes: dict[str, str]) -> None:
        offset, size = attributes.get("offset"), attributes.get("size")
        if offset and size and offset.isdecimal() and size.isdecimal() and len(offset + size) < 40:
            self.end = max(self.end, int(offset) + int(size))
        for key in _PATHS & attributes.keys():
            self._subject.add(
                rules.openvino.OVI_OUTSIDE, f"A layer names the file {attributes[key][:200]!r}."
            )

    def judge(self) -> None:
        for kind, layer in list(self._strange.items())[:_SHOWN]:
            self._subject.add(
                rules.openvino.OVI_OPERATOR,
                f"Layer {layer!r} is {kind!r}, which is in none of OpenVINO's own sets.",
            )
        self._subject.fact(FACT, min(self.end, 2**63 - 1))


def analyse(subject: Subject) -> None:
    """Let the XML go by, element after element."""
    if subject.reader.size > LONGEST:
        subject.add(rules.openvino.OVI_BROKEN, f"It is longer than {LONGEST:,} bytes.")
        return
    net = _Net(subject)
    parser = expat.ParserCreate()
    parser.StartElementHandler = net.element
    parser.EntityDeclHandler = _no_entities
    try:
        for offset in range(0, subject.reader.size, _CHUNK):
            is_last = offset + _CHUNK >= subject.reader.size
            parser.Parse(subject.reader.read_at(offset, _CHUNK), is_last)
    except expat.ExpatError as problem:
        subject.add(rules.openvino.OVI_BROKEN, f"In line {problem.lineno:,} the XML is broken.")
    except _Entities:
        subject.add(rules.openvino.OVI_BROKEN, "It declares entities, which no such model needs.")
    net.judge()


def _no_entities(*_: object) -> None:
    raise _Entities
