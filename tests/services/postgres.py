"""PostgreSQL of Debian, in memory as far as it can be: no fsync, its own folder and port."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

from tests.services.ports import free_port
from tests.services.process import serving

EXTENSIONS = ("pg_trgm", "unaccent", "btree_gin")
HASTE = (
    "fsync=off",
    "synchronous_commit=off",
    "full_page_writes=off",
    "autovacuum=off",
    "max_connections=60",
    "shared_buffers=64MB",
)


@contextmanager
def postgres(folder: Path) -> Iterator[str]:
    """Start a server in the empty ``folder``; yield the DATABASE_URL of an empty database with the extensions."""
    folder.mkdir(parents=True)
    user = "postgres" if os.geteuid() == 0 else None  # it refuses to run as root
    if user:
        shutil.chown(folder, user, user)
    data, port = folder / "data", free_port()
    _run(
        [
            _program("initdb"),
            "-A",
            "trust",
            "-U",
            "postgres",
            "--no-sync",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "-D",
            str(data),
        ],
        user,
    )
    settings = [argument for setting in HASTE for argument in ("-c", setting)]
    command = [_program("postgres"), "-D", str(data), "-p", str(port), "-k", str(folder), *settings]
    address = f"postgres://postgres@127.0.0.1:{port}"
    with serving(
        command,
        log=folder / "log.txt",
        is_up=lambda: _answers(f"{address}/postgres"),
        user=user,
        stop_with=signal.SIGINT,  # "fast": it does not wait for clients
    ):
        with psycopg.connect(f"{address}/template1", autocommit=True) as connection:
            for extension in EXTENSIONS:
                connection.execute(f"CREATE EXTENSION IF NOT EXISTS {extension}")
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("CREATE DATABASE arboretum")
        yield f"{address}/arboretum"


def _program(name: str) -> str:
    """Debian keeps the server's programs off the path; the newest version wins."""
    versions = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    newest = max(versions, key=lambda path: float(path.parent.parent.name), default=None)
    found = str(newest) if newest else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed (on Debian: apt-get install postgresql)")
    return found


def _answers(url: str) -> bool:
    try:
        with psycopg.connect(url, connect_timeout=2):
            return True
    except psycopg.OperationalError:
        return False


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(
        command,
        check=True,
        stdout=subprocess.DEVNULL,
        user=user,
        group=user,
        extra_groups=[] if user else None,
        cwd="/",
    )
