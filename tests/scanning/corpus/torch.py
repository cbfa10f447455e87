"""Checkpoints of torch in its two forms, its programs and its exported graphs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from tests.governance.scanning.engine.making import dumps, torch_data, torch_zip, zipped
from tests.scanning.forms import FORMS, reduced, stacked
from tests.scanning.sample import Sample, benign, malformed, malicious

_FIXTURES = Path(__file__).parents[2] / "governance" / "scanning" / "engine" / "fixtures"
_DATA = torch_data(("0", 2))
_BYTES = {"0": bytes(8)}
_EVIL = reduced("os", "system")
_PROGRAM = b"""class Net(Module):
  __parameters__ = []
  training : bool
  def forward(self: __torch__.net.Net, x: Tensor) -> Tensor:
    fc = self.fc
    return torch.relu((fc).forward(x, ))
"""
_MODEL = b"\x80\x02c__torch__.net\nNet\n)\x81}(X\x08\x00\x00\x00training\x89ub."


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    for form in FORMS:
        label = form.__name__.replace("_", "-")
        yield malicious(f"data-{label}", "model.pt", torch_zip(form("os", "system"), {}))
        yield malicious(f"legacy-{label}", "model.pt", _legacy_with(form("os", "system")))
    for name, content in _ordinary().items():
        yield benign(name, "model.pt", content)
    for name, content in _attacks().items():
        yield malicious(name, "model.pt", content)
    for name, content in _broken().items():
        yield malformed(name, "model.pt", content)


def _legacy() -> bytes:
    return (_FIXTURES / "torch_legacy.pt").read_bytes()


def _legacy_with(stream: bytes) -> bytes:
    head = dumps(0x1950A86A20F9469CFC6C, 2) + dumps(1001, 2) + dumps({"little_endian": True}, 2)
    return head + stream + dumps([], 2)


def _program(source: bytes) -> bytes:
    extra = {
        "archive/constants.pkl": b"\x80\x02).",
        "archive/code/__torch__/net.py": source,
    }
    return torch_zip(_MODEL, {}, extra)


def _ordinary() -> dict[str, bytes]:
    return {
        "zip": (_FIXTURES / "torch_zip.pt").read_bytes(),
        "legacy": _legacy(),
        "two-tensors": torch_zip(torch_data(("0", 2), ("1", 4)), {"0": bytes(8), "1": bytes(16)}),
        "no-tensors": torch_zip(dumps({"epoch": 1}, 2), {}),
        "extra-files": torch_zip(_DATA, _BYTES, {"archive/extra/notes.txt": b"trained on a laptop"}),
        "tensor-that-looks-bad": torch_zip(torch_data(("0", 12)), {"0": _EVIL.ljust(48, b"\0")[:48]}),
        "program": _program(_PROGRAM),
        "nested": b"\x80\x03ctorch.storage\n_load_from_bytes\nB" + len(_legacy()).to_bytes(4, "little") + _legacy() + b"\x85R.",
    }  # fmt: skip


def _attacks() -> dict[str, bytes]:
    return {
        "odd-member": torch_zip(_DATA, _BYTES, {"archive/.format_version": _EVIL}),
        "undeclared-storage": torch_zip(_DATA, _BYTES, {"archive/data/1": _EVIL}),
        "second-data": torch_zip(_DATA, _BYTES, {"other/data.pkl": _EVIL}),
        "constants": torch_zip(_DATA, _BYTES, {"archive/constants.pkl": _EVIL}),
        "debug-pickle": torch_zip(_MODEL, {}, {"archive/constants.pkl": b"\x80\x02).", "archive/code/__torch__/net.py.debug_pkl": _EVIL}),
        "appended-to-legacy": _legacy() + stacked("os", "system"),
        "program-reads-files": _program(_PROGRAM + b'    y = torch.from_file("/etc/passwd", True, 10)\n'),
        "program-writes-files": _program(_PROGRAM + b'    ops.aten.save(x, "/tmp/x")\n'),
        "program-calls-custom": _program(_PROGRAM + b"    ops.evil.run(x)\n"),
        "formula": zipped({"m/archive_format": b"pt2", "m/models/model.json": b'{"a": {"expr_str": "__import__(\'os\').system(\'id\')"}}'}),
        "nested": torch_zip(_DATA, _BYTES, {"archive/inner.pt": torch_zip(_EVIL, {})}),
    }  # fmt: skip


def _broken() -> dict[str, bytes]:
    whole = torch_zip(_DATA, _BYTES)
    return {
        "cut-off": whole[:-30],
        "storage-too-long": torch_zip(_DATA, {"0": bytes(12)}),
        "storage-missing": torch_zip(_DATA, {}),
        "legacy-cut-off": _legacy()[:-4],
        "legacy-magic-alone": dumps(0x1950A86A20F9469CFC6C, 2) + dumps(1001, 2),
        "legacy-bytes-behind": _legacy() + b"more",
        "data-cut-off": torch_zip(_DATA[:-5], _BYTES),
        "program-unreadable": _program(_PROGRAM + b"    x ===\n"),
        "wrong-checksum": whole.replace(bytes(8), b"\x01" * 8, 1),
        "in-front": b"garbage" + whole,
    }
