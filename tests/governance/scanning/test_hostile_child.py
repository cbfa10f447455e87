"""A child that hostile bytes have taken over, with all its rights given up: it ends as an error, and the next scan runs."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

from governance.scanning import children
from governance.scanning.engine import Verdict
from governance.scanning.sandbox import scan_file
from tests.governance.scanning.engine.making import dumps

ROOT = Path(__file__).parents[3]
CHILD = """
import mmap, os, socket, sys
sys.path.append({root!r})
from governance.scanning import isolation

def prepare():
    pass

def attempt():
{attempt}

def main(order, fd):
    isolation.isolate(2)
    try:
        attempt()
    except (OSError, MemoryError) as refused:
        sys.exit(40)
"""


@pytest.fixture
def after_taking_over(tmp_path, monkeypatch):
    """Scans a harmless file by a child that was taken over; then one by the real child."""
    file = tmp_path / "a.pkl"
    file.write_bytes(dumps({"a": 1}))

    def scan(attempt: str) -> tuple[str, Verdict]:
        path = tmp_path / "child.py"
        path.write_text(CHILD.format(root=str(ROOT), attempt=textwrap.indent(attempt, "    ")))
        with monkeypatch.context() as changed:
            changed.setattr(children, "CHILD", path)
            report = scan_file(file, sha256=None, wall_seconds=100).report
        assert report.verdict is Verdict.ERROR
        return report.findings[0].detail, scan_file(file, sha256=None).report.verdict

    return scan


@pytest.mark.parametrize(
    ("attempt", "says"),
    [
        ("while True: pass", "computing time than a scan may use"),
        ("bytearray(8 * 1024**3)", "status 40"),
        ("kept = []\nwhile True: kept.append(mmap.mmap(-1, 64 * 1024**2))", "status 40"),
        ("while True: os.fork()", "status 40"),
        ("while True: os.write(1, b'x' * 65536)", "longer than a report"),
        ("os.write(1, b'{\"report\": {\"verdict\": \"safe\"}, \"isolation\": {}}')", "not valid"),
        ("open('/tmp/note', 'w')", "status 40"),
        ("os.open('.', os.O_RDONLY)", "status 40"),
        ("socket.socket().connect(('127.0.0.1', 80))", "status 40"),
        ("os.kill(os.getppid(), 9)", "status 40"),
        ("os.ftruncate(1, 0)", "status 40"),
    ],
)  # fmt: skip
def test_a_hostile_child_ends_as_an_error_and_the_next_scan_runs(after_taking_over, attempt, says):
    detail, next_verdict = after_taking_over(attempt)

    assert says in detail
    assert next_verdict is Verdict.SAFE
