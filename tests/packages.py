"""What the suite needs from the system, and how to get it. The one list."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Package:
    """A Debian package and how to see that it is there."""

    name: str
    is_there: Callable[[], bool]


def _program(name: str) -> Callable[[], bool]:
    return lambda: shutil.which(name) is not None


PACKAGES = (
    Package(
        "postgresql",
        lambda: any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) or _program("initdb")(),
    ),
    Package("redis-server", _program("redis-server")),
    Package("chromium", lambda: _program("chromium")() or _program("chromium-browser")()),
    Package(
        "fonts-liberation",
        lambda: any(Path("/usr/share/fonts").glob("**/LiberationSans-Regular.*")),
    ),
    Package("gettext", _program("msgfmt")),
    Package("git", _program("git")),
    Package("git-lfs", _program("git-lfs")),
)


class PackagesMissing(RuntimeError):
    """Packages are missing and may not be installed; the message says which."""


def require_packages() -> None:
    """Install what is missing when this user may; raise PackagesMissing, naming it, when not."""
    missing = [package.name for package in PACKAGES if not package.is_there()]
    if not missing:
        return
    command = f"apt-get install {' '.join(missing)}"
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        raise PackagesMissing(
            f"The tests need {', '.join(missing)}: install them (on Debian, as root: {command})."
        )
    print(f"Installing what the tests need: {' '.join(missing)} ...", file=sys.stderr, flush=True)
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    install = ["apt-get", "install", "--yes", "--quiet", "--no-install-recommends", *missing]
    for step in (["apt-get", "update", "--quiet"], install):
        done = subprocess.run(
            step,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise PackagesMissing(f"{' '.join(step)} failed: {done.stderr.strip()[-2000:]}")
