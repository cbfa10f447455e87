"""Scanning in a process of its own, which may be taken over, die, hang or lie."""

from __future__ import annotations

import hashlib
import json
import os
import textwrap
import time
from pathlib import Path

import pytest

from governance.scanning import children
from governance.scanning.engine import Budget, Verdict
from governance.scanning.isolation import HELD, MEASURES
from governance.scanning.sandbox import scan_file
from tests.governance.scanning.engine.making import call, dumps, scan_bytes


def written(path: Path, content: bytes) -> tuple[Path, str]:
    path.write_bytes(content)
    return path, hashlib.sha256(content).hexdigest()


@pytest.fixture
def harmless(tmp_path):
    return written(tmp_path / "a.pkl", dumps({"a": [1, 2]}))


def test_the_report_is_the_one_of_the_engine(tmp_path):
    content = call("os", "system")
    path, sha256 = written(tmp_path / "a.pkl", content)

    outcome = scan_file(path, sha256=sha256)

    assert outcome.report.verdict is Verdict.DANGEROUS
    assert outcome.report.findings == scan_bytes(content).findings
    assert outcome.seconds > 0
    assert set(outcome.isolation) == set(MEASURES)


def test_an_open_descriptor_will_do(harmless):
    path, sha256 = harmless

    with path.open("rb") as file:
        assert scan_file(file.fileno(), sha256=sha256).report.verdict is Verdict.SAFE


def test_the_measures_that_need_no_rights_hold(harmless):
    isolation = scan_file(harmless[0], sha256=None).isolation

    for name in ("limits", "no_new_privileges", "not_dumpable", "system_calls"):
        assert isolation[name] == HELD


def test_other_bytes_than_the_uploaded_ones_are_an_error(harmless):
    report = scan_file(harmless[0], sha256="0" * 64).report

    assert report.verdict is Verdict.ERROR
    assert report.findings[0].rule == "SCN-003"


def test_the_budget_reaches_the_child(tmp_path):
    path, _ = written(tmp_path / "a.pkl", dumps(list(range(500))))

    assert scan_file(path, sha256=None, budget=Budget(opcodes=100)).report.verdict is Verdict.ERROR


def test_a_missing_file_or_a_folder_is_the_callers_mistake(tmp_path):
    with pytest.raises(FileNotFoundError):
        scan_file(tmp_path / "missing", sha256=None)
    with pytest.raises(OSError, match="not a regular file"):
        scan_file(tmp_path, sha256=None)


@pytest.fixture
def child_that(tmp_path, monkeypatch):
    """Puts another program in the place of the child, as if hostile bytes had taken it over."""

    def replace(program: str) -> None:
        path = tmp_path / f"child_{len(list(tmp_path.glob('child_*')))}.py"
        path.write_text(
            "import json, os, signal, sys, time\n\ndef prepare():\n    pass\n\n"
            "def main(order, fd):\n" + textwrap.indent(program, "    ")
        )
        monkeypatch.setattr(children, "CHILD", path)

    return replace


def answer(path: Path, **changes: object) -> str:
    report = json.loads(scan_bytes(path.read_bytes()).to_json())
    whole = {"report": {**report, **changes}, "isolation": dict.fromkeys(MEASURES, HELD)}
    return f"os.write(1, {json.dumps(whole)!r}.encode())"


@pytest.mark.parametrize(
    ("program", "says"),
    [
        ("os.kill(os.getpid(), signal.SIGSEGV)", "signal SIGSEGV"),
        ("os.kill(os.getpid(), signal.SIGXCPU)", "more computing time"),
        ("sys.exit(3)", "status 3"),
        ("pass", "not valid"),
        ("os.write(1, b'{}')", "not valid"),
        ("os.write(1, b'[' * 100000)", "not valid"),
        ("os.write(1, b'\\xff\\xfe')", "not valid"),
        ("[os.write(1, b'x' * 65536) for _ in range(20)]", "longer than a report"),
    ],
)
def test_a_child_that_fails_is_an_error_that_says_why(child_that, harmless, program, says):
    child_that(program)

    report = scan_file(*harmless[:1], sha256=harmless[1]).report

    assert report.verdict is Verdict.ERROR
    assert says in report.findings[0].detail


def test_a_child_that_answers_twice_is_an_error(child_that, harmless):
    child_that(answer(harmless[0]) + ";" + answer(harmless[0]))

    assert scan_file(harmless[0], sha256=None).report.verdict is Verdict.ERROR


def test_a_child_that_lies_about_the_size_is_an_error(child_that, harmless):
    child_that(answer(harmless[0], size=1))

    assert scan_file(harmless[0], sha256=None).report.verdict is Verdict.ERROR


def test_a_valid_answer_counts_only_when_the_child_ends_well(child_that, harmless):
    child_that(answer(harmless[0]))
    assert scan_file(harmless[0], sha256=harmless[1]).report.verdict is Verdict.SAFE

    child_that(answer(harmless[0]) + "; sys.exit(1)")
    assert scan_file(harmless[0], sha256=harmless[1]).report.verdict is Verdict.ERROR


@pytest.mark.parametrize("program", ["time.sleep(60)", "os.close(1); time.sleep(60)"])
def test_a_child_that_hangs_is_ended_with_all_it_started(child_that, harmless, tmp_path, program):
    note = tmp_path / "grandchild"
    child_that(
        f"""
grandchild = os.fork()
if grandchild:
    with open({str(note)!r}, "w") as file:
        file.write(str(grandchild))
{program}
"""
    )

    outcome = scan_file(harmless[0], sha256=None, wall_seconds=1.5)

    assert outcome.report.verdict is Verdict.ERROR
    assert "longer than a scan" in outcome.report.findings[0].detail
    assert outcome.seconds < 10
    assert goes(int(note.read_text()))


def goes(pid: int) -> bool:
    """Whether the process is gone, or goes within seconds: a kill takes effect when its target is next scheduled."""
    end = time.monotonic() + 20
    while not is_gone(pid):
        if time.monotonic() > end:
            return False
        time.sleep(0.01)
    return True


def is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return True
    return state in "ZX"


def test_the_child_inherits_neither_environment_nor_other_files(child_that, harmless, monkeypatch):
    monkeypatch.setenv("DATABASE_PASSWORD", "secret")
    child_that(
        """
def is_open(fd):
    try:
        os.fstat(fd)
    except OSError:
        return False
    return True

inherits = {fd for fd in range(200) if is_open(fd)}
own = not set(os.environ) - {"LC_CTYPE"} and inherits == {0, 1, 2, fd}
sys.exit(40 if own and not os.listdir(".") and os.getpgid(0) == os.getpid() else 41)
"""
    )

    assert "status 40" in scan_file(harmless[0], sha256=None).report.findings[0].detail


def test_a_large_file_may_be_read_for_as_long_as_that_takes(child_that, tmp_path):
    path = tmp_path / "large"
    path.touch()
    os.truncate(path, 40 * 10**9)  # a hole: it takes no room, and this child does not read it
    child_that("sys.exit(43 if order['cpu_seconds'] > 2000 else 44)")

    assert "status 43" in scan_file(path, sha256=None).report.findings[0].detail


def test_the_child_cannot_write_to_the_file(child_that, harmless):
    child_that("try:\n    os.write(fd, b'x')\nexcept OSError:\n    sys.exit(42)")

    assert "status 42" in scan_file(harmless[0], sha256=None).report.findings[0].detail


def test_nothing_is_left_behind(harmless, tmp_path, monkeypatch):
    folder = tmp_path / "temporary"
    folder.mkdir()
    scan_file(harmless[0], sha256=None)  # starts the server, which stays
    monkeypatch.setattr("tempfile.tempdir", str(folder))
    before = sorted(Path("/proc/self/fd").iterdir())

    scan_file(harmless[0], sha256=None)

    assert list(folder.iterdir()) == []
    assert sorted(Path("/proc/self/fd").iterdir()) == before
