"""The environment in which real libraries write files for the scanner, and the files they wrote; both are kept.

The packages of ``requirements/makers.lock`` never meet the hub's own environment. PyTorch's build for processors alone is
taken where the package index has it; elsewhere its makers say that it is missing.
"""

from __future__ import annotations

import fcntl
import hashlib
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
LOCK = ROOT / "requirements" / "makers.lock"
MAKERS = Path(__file__).with_name("makers")
TORCH = "torch==2.13.0+cpu"
_KEPT = ROOT / ".venv" / "test-makers"


def made_files() -> Path:
    """The folder FAMILY/MAKER/benign|malicious/NAME/FILE, made at most once for each state of the makers."""
    _KEPT.mkdir(exist_ok=True)
    with (_KEPT / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        python = _environment()
        sources = [path.read_bytes() for path in sorted(MAKERS.glob("*.py"))]
        made = _KEPT / f"files-{_digest(LOCK.read_bytes(), *sources)}"
        if not made.is_dir():
            unfinished = made.with_suffix(".unfinished")
            shutil.rmtree(unfinished, ignore_errors=True)
            command = [str(python), "-m", "tests.scanning.makers", str(unfinished)]
            subprocess.run(
                command,
                check=True,
                cwd=ROOT,
                env={"KERAS_BACKEND": "torch", "HOME": "/nonexistent"},
            )
            unfinished.rename(made)
    return made


def _environment() -> Path:
    folder = _KEPT / f"env-{_digest(LOCK.read_bytes(), TORCH.encode())}"
    python = folder / "bin" / "python"
    if not folder.is_dir():
        unfinished = folder.with_suffix(".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", str(unfinished)], check=True)
        _install(unfinished / "bin" / "python")
        unfinished.rename(folder)
    return python


def _install(python: Path) -> None:
    """With uv, which takes seconds, where it exists for this machine; PyTorch's own build is known to pip alone."""
    wanted = ["--quiet", "--require-hashes", "-r", str(LOCK)]
    pip = [str(python), "-m", "pip", "install", "--disable-pip-version-check"]
    uv = Path(sys.executable).with_name("uv")
    with_uv = [str(uv), "pip", "install", "--system-certs", "--python", str(python)]
    if not uv.exists() or subprocess.run([*with_uv, *wanted], check=False).returncode != 0:
        subprocess.run([*pip, *wanted], check=True)
    subprocess.run([*pip, "--quiet", "--no-deps", TORCH], check=False)


def _digest(*parts: bytes) -> str:
    hashing = hashlib.sha256()
    for part in parts:
        hashing.update(hashlib.sha256(part).digest())
    return hashing.hexdigest()[:12]
