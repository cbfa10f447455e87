"""``python -m tests.lint``: every check of the code, each with its duration; all run, whatever failed before."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
PACKAGES = ("hub", "accounts", "models_catalog", "governance", "tests", "manage.py")
CHECKS: dict[str, list[str]] = {
    "ruff check": ["ruff", "check", "--quiet", "--output-format", "concise"],
    "ruff format": ["ruff", "format", "--check", "--quiet"],
    "mypy": ["mypy", *PACKAGES],
    "import rules": ["lint-imports", "--no-logo"],
    "migrations": ["python", "manage.py", "makemigrations", "--check", "--dry-run"],
    "system checks": ["python", "manage.py", "check"],
    "template lint": ["djlint", "--lint", "--quiet", "templates"],
    "architecture": ["python", "-m", "pytest", "-q", "-p", "no:randomly", "tests/architecture"],
}


def main() -> int:
    """Run all checks; show the output of those that fail, and exit with 1 when one did."""
    failed = [name for name, command in CHECKS.items() if not _passes(name, command)]
    print(f"{len(CHECKS) - len(failed)} passed, {len(failed)} failed")
    return 1 if failed else 0


def _passes(name: str, command: list[str]) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="arboretum-lint-") as data:
        done = subprocess.run(
            [str(BIN / command[0]), *command[1:]],
            cwd=ROOT,
            env=os.environ | {"ARBORETUM_DATA": data},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
        )
    passed = done.returncode == 0
    print(
        f"{name:16} {'passed' if passed else 'FAILED'} in {time.monotonic() - began:.1f} s",
        flush=True,
    )
    if not passed:
        print(done.stdout, flush=True)
    return passed


if __name__ == "__main__":
    sys.exit(main())
