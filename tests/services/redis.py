"""Redis of Debian, without a file."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError

from tests.services.ports import free_port
from tests.services.process import serving


@contextmanager
def redis_server(folder: Path) -> Iterator[str]:
    """Start a server in the empty ``folder``; yield its REDIS_URL (database 0 of 64)."""
    program = shutil.which("redis-server")
    if program is None:
        raise FileNotFoundError(
            "redis-server is not installed (on Debian: apt-get install redis-server)"
        )
    folder.mkdir(parents=True)
    port = free_port()
    command = [
        program,
        "--port",
        str(port),
        "--bind",
        "127.0.0.1",
        "--save",
        "",
        "--dir",
        str(folder),
        "--databases",
        "64",
    ]
    url = f"redis://127.0.0.1:{port}"
    with serving(command, log=folder / "log.txt", is_up=lambda: _answers(url)):
        yield f"{url}/0"


def _answers(url: str) -> bool:
    try:
        with Redis.from_url(url) as client:
            return bool(client.ping())
    except RedisError:
        return False
