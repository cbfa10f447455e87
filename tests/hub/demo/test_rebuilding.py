"""Throwing everything away: what is left is an empty hub, on both databases."""

from __future__ import annotations

import os
import subprocess
import sys
import uuid
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import pytest

pytestmark = [pytest.mark.slow]

ROOT = Path(__file__).resolve().parents[3]
USED_AND_REBUILT = """
from django.core.management import call_command
from hub.demo import instance
from hub.demo.planting.soil import acting, repo_called
from hub.demo.rebuilding import rebuild
instance.begin()
repo_called("amina/first", by="amina")
call_command("fsck")
rebuild()
print("empty:", instance.is_empty())
call_command("fsck")
instance.begin()
repo_called("amina/first", by="amina")
call_command("fsck")
call_command("verify_audit")
"""


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request, tmp_path):
    """The variables of a hub with a data folder and a database of its own."""
    mine = {
        "PATH": os.environ["PATH"],
        "ARBORETUM_DATA": str(tmp_path),
        "ARBORETUM_LOG_LEVEL": "ERROR",
    }
    if request.param == "sqlite":
        yield mine
        return
    url = os.environ.get("DATABASE_URL", "")
    if not url.startswith("postgres"):
        pytest.skip("needs the suite's PostgreSQL: python -m tests.run")
    name = f"rebuilt_{uuid.uuid4().hex[:12]}"
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield {**mine, "DATABASE_URL": urlsplit(url)._replace(path=f"/{name}").geturl()}
    with psycopg.connect(url, autocommit=True) as server:
        server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def manage(place, *arguments):
    done = subprocess.run(
        [sys.executable, str(ROOT / "manage.py"), *arguments],
        env=place,
        cwd=ROOT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def test_what_was_thrown_away_leaves_an_empty_hub_that_works(place):
    manage(place, "migrate", "--verbosity=0")

    said = manage(place, "shell", "--no-imports", "-c", USED_AND_REBUILT)

    before, after = said.split("empty: True\n")
    assert "0 objects, 0 blobs" not in before
    assert after.count("0 problems") == 2
    assert "0 blobs" in after.splitlines()[0]
    assert "0 leftovers" in after.splitlines()[0]
    assert "sound" in after
