"""Tensors whose data lies in another file: where, and whether that is beside the model.

Old runtimes followed any path, and set whatever attribute an entry named; a special location made them read their own memory.
"""

from __future__ import annotations

import re

from governance.scanning.engine import rules
from governance.scanning.engine.onnx import tensors
from governance.scanning.engine.places import leads_out
from governance.scanning.engine.protobuf.message import Message
from governance.scanning.engine.report import MAX_FACT_ITEMS
from governance.scanning.engine.subject import Subject

FACT = "external_files"
_KEYS = frozenset({"location", "offset", "length", "checksum", "basepath"})
_NUMBER = re.compile(r"[0-9]{1,18}")
_FACT_KEYS = 16
_MAX_LOCATION = 180


class External:
    """The outside files of one model, and how long each has to be at least."""

    def __init__(self, subject: Subject) -> None:
        self._subject = subject
        self.files: dict[str, int] = {}

    def uses(self, tensor: Message) -> bool:
        """Whether a tensor's data lies elsewhere."""
        return tensor.number("data_location") == 1 or bool(tensor.counts.get("external_data"))

    def add(self, tensor: Message) -> None:
        """Judge one tensor's entries."""
        entries = [(one.text("key"), one.text("value")) for one in tensor.children("external_data")]
        keys = [key for key, _ in entries]
        strange = sorted(set(keys) - _KEYS)
        if strange:
            self._odd(
                tensor,
                f"the entries {', '.join(map(repr, strange[:3]))} are none that readers should know",
            )
        if len(set(keys)) < len(keys):
            self._odd(tensor, "an entry is given twice")
        for key, value in entries:
            if key in ("location", "basepath") and (key == "location" or value):
                self._location(tensor, value)
        found = dict(entries)
        if "location" not in found:
            self._odd(tensor, "it does not say where")
            return
        self._range(tensor, found)

    def _location(self, tensor: Message, location: str) -> None:
        reason = leads_out(location)
        if reason:
            self._subject.add(
                rules.onnx.ONX_OUTSIDE,
                f"Tensor {tensor.text('name')!r} takes its data from {location!r}: {reason}.",
                offset=tensor.start,
            )

    def _range(self, tensor: Message, found: dict[str, str]) -> None:
        wrong = [
            key
            for key in ("offset", "length")
            if key in found and not _NUMBER.fullmatch(found[key])
        ]
        if wrong:
            self._odd(tensor, f"its {wrong[0]} {found[wrong[0]]!r} is no number")
            return
        try:
            needed = tensors.needed(tensor)
        except ValueError as reason:
            self._odd(tensor, str(reason))
            return
        length = int(found.get("length", needed))
        if needed < 0 or length != needed:
            self._odd(tensor, f"it needs {needed:,} bytes, but {length:,} are to be read")
        location = found["location"].removeprefix("./")
        end = int(found.get("offset", 0)) + length
        self.files[location] = max(end, self.files.get(location, 0))

    def _odd(self, tensor: Message, reason: str) -> None:
        self._subject.add(
            rules.onnx.ONX_EXTERNAL,
            f"Tensor {tensor.text('name')!r} has its data elsewhere: {reason}.",
            offset=tensor.start,
        )

    def report(self) -> None:
        """Keep which files must lie beside the model, for the judgement of neighbours."""
        if len(self.files) > _FACT_KEYS * MAX_FACT_ITEMS or any(
            len(one) > _MAX_LOCATION for one in self.files
        ):
            self._subject.add(
                rules.onnx.ONX_MANY,
                f"It uses {len(self.files):,} outside files, or some with very long names.",
            )
            return
        if self.files and self._subject.depth:
            self._subject.add(
                rules.onnx.ONX_EXTERNAL,
                "Its data lies in other files, but the model lies in an archive.",
            )
        listed = [f"{end}:{name}" for name, end in self.files.items()]
        for start in range(0, len(listed), MAX_FACT_ITEMS):
            self._subject.fact(
                f"{FACT}_{start // MAX_FACT_ITEMS}", tuple(listed[start : start + MAX_FACT_ITEMS])
            )
