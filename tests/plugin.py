"""The environment of every test process, set before Django's settings read it (``-p tests.plugin`` in pyproject.toml).

Tests never touch the data folder of whoever runs them: each process has one of its own, and its own Redis database.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

pytest_plugins = [
    "tests.services.hub",
    "tests.services.browser",
    "tests.services.record",
    "tests.services.minilm",
]

REDIS_VARIABLES = ("REDIS_URL", "CELERY_BROKER_URL")
HERE_ONLY = ("PORT", "ARBORETUM_PUBLIC_URL", "ARBORETUM_BIND", "ARBORETUM_DEBUG", "EMAIL_URL")


def _prepare() -> None:
    data = tempfile.mkdtemp(prefix="arboretum-test-")
    atexit.register(shutil.rmtree, data, ignore_errors=True)
    (Path(data) / "static").mkdir()  # WhiteNoise warns when it is missing
    for name in HERE_ONLY:
        os.environ.pop(name, None)
    os.environ["ARBORETUM_DATA"] = data
    os.environ["ARBORETUM_SECRET_KEY"] = (
        "tests only: not a secret, and long enough to be taken for one"
    )
    number = 1 + int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    for name in REDIS_VARIABLES:
        if os.environ.get(name, "").startswith("redis:"):
            os.environ[name] = f"{_without_number(os.environ[name])}/{number}"


def _without_number(url: str) -> str:
    scheme, _, rest = url.partition("://")
    return f"{scheme}://{rest.partition('/')[0]}"


_prepare()
