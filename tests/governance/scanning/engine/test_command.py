"""The command line: one line of JSON for each file, and an exit status."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.governance.scanning.engine.making import call, safetensors, tensor

ROOT = Path(__file__).parents[4]


def run(*arguments: str) -> tuple[int, list[dict]]:
    command = [sys.executable, "-m", "governance.scanning.engine", *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    return done.returncode, [json.loads(line) for line in done.stdout.splitlines()]


def test_a_folder_of_ordinary_files_is_safe(tmp_path):
    (tmp_path / "README.md").write_text("# Card\n")
    (tmp_path / "model.safetensors").write_bytes(safetensors({"a": tensor(0, 8)}, bytes(8)))
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "config.json").write_text("{}")

    code, lines = run(str(tmp_path))

    assert code == 0
    assert [Path(line["path"]).name for line in lines] == [
        "README.md",
        "model.safetensors",
        "config.json",
    ]
    assert {line["verdict"] for line in lines} == {"safe"}


def test_something_dangerous_shows_in_the_status_and_its_line(tmp_path):
    (tmp_path / "model.bin").write_bytes(call("os", "system"))

    code, lines = run(str(tmp_path / "model.bin"))

    assert code == 1
    assert lines[0]["verdict"] == "dangerous"
    assert lines[0]["findings"][0]["rule"] == "PKL-001"
    assert len(lines[0]["sha256"]) == 64


def test_names_count_in_a_folder(tmp_path):
    (tmp_path / "modeling.py").write_text("print('hello')\n")

    code, lines = run(str(tmp_path))

    assert code == 1
    assert (lines[0]["content_verdict"], lines[0]["verdict"]) == ("safe", "suspicious")


def test_wrong_use_is_told_apart(tmp_path):
    assert run()[0] == 2
    assert run(str(tmp_path / "missing"))[0] == 2
    assert run("--help")[0] == 2


def test_what_cannot_be_read_gets_a_line_and_is_never_passed_over(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "elsewhere").symlink_to("/nonexistent/target")
    (tmp_path / "folder").mkdir()
    (tmp_path / "link-to-folder").symlink_to(tmp_path / "folder")
    (tmp_path / "good.md").write_text("# Card\n")

    code, lines = run(str(tmp_path))

    found = {Path(line["path"]).name: line["verdict"] for line in lines}
    assert code == 1
    assert found == {
        "pipe": "error",
        "elsewhere": "unscannable",
        "link-to-folder": "unscannable",
        "good.md": "safe",
    }


def test_a_link_to_a_file_is_read_through(tmp_path):
    (tmp_path / "blob").write_bytes(call("os", "system"))
    (tmp_path / "snapshot").mkdir()
    (tmp_path / "snapshot" / "model.bin").symlink_to(tmp_path / "blob")

    code, lines = run(str(tmp_path / "snapshot"))

    assert code == 1
    assert lines[0]["verdict"] == "dangerous"
    assert lines[0]["facts"]["link"] is True


def test_a_name_that_is_no_text_is_printed_as_valid_json(tmp_path):
    (Path(os.fsdecode(os.fsencode(tmp_path) + b"/\xff.md"))).write_text("# Card\n")

    code, lines = run(str(tmp_path))

    assert code == 0
    assert os.fsencode(lines[0]["path"]).endswith(b"\xff.md")


def test_a_reader_that_stops_reading_is_no_crash(tmp_path):
    for number in range(300):
        (tmp_path / f"{number}.md").write_text("# Card\n" * 20)
    command = [sys.executable, "-m", "governance.scanning.engine", str(tmp_path)]

    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as run:
        assert run.stdout is not None
        run.stdout.readline()
        run.stdout.close()
        assert run.stderr is not None
        assert b"Traceback" not in run.stderr.read()
