"""The command line: one line of JSON for each file, and an exit status."""

from __future__ import annotations

import json
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
