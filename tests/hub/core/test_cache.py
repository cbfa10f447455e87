"""Redis that is not there: what production does while it is being restarted."""

from __future__ import annotations

import time

import pytest
from django.core.cache.backends.base import BaseCache
from django.core.cache.backends.redis import RedisCache

from hub.core import cache as module
from hub.core.cache import RedisOrMemory
from tests.services.ports import free_port


@pytest.fixture
def away():
    return RedisOrMemory(f"redis://127.0.0.1:{free_port()}/0", {})


def test_without_redis_the_process_counts_for_itself(away):
    assert away.add("visits", 0, 60) is True
    assert away.add("visits", 5, 60) is False
    assert away.incr("visits") == 1
    assert away.incr("visits", 2) == 3
    assert away.get("visits") == 3
    assert away.has_key("visits") is True
    assert away.touch("visits", 120) is True
    away.set("other", "x", 60)
    assert away.get_many(["visits", "other", "none"]) == {"visits": 3, "other": "x"}
    assert away.set_many({"a": 1}) == []
    away.delete_many(["a"])
    assert away.delete("visits") is True
    assert away.get("visits", "gone") == "gone"
    away.clear()
    assert away.get("other") is None


def test_a_redis_that_failed_is_left_alone_for_a_while(away):
    away.get("visits")
    began = time.monotonic()

    for _ in range(500):
        away.get("visits")

    assert time.monotonic() - began < 0.5
    assert module._away_until[away._server] > time.monotonic()


def test_nothing_of_the_cache_speaks_to_redis_past_the_guard():
    speaks = {name for name in vars(RedisCache) if name in vars(BaseCache)}

    assert speaks - {"__init__", "get_backend_timeout", *vars(RedisOrMemory)} <= {
        "__module__",
        "__doc__",
    }
