"""The cache of production: Redis, and while Redis is away the memory of each process."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, TypeVar

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

log = structlog.get_logger(__name__)
T = TypeVar("T")

PATIENCE = 0.5  # seconds for an answer of Redis; a page must not wait longer for a counter
LEFT_ALONE = 5.0  # seconds until a Redis that failed is asked again
ENTRIES = 20_000  # about 10 MB of counters; the least recently used go first

_away_until: dict[str, float] = {}  # by server; Django makes a cache object per thread


class RedisOrMemory(RedisCache):
    """Never raises because Redis is away: what it holds is counters and copies, and both can be had without it.

    So a limit is neither lifted (anybody could guess passwords during an outage) nor a locked door (nobody could sign
    in): each process counts for itself until Redis is back.
    """

    def __init__(self, server: str, params: dict[str, Any]) -> None:
        """Take Redis' address and Django's parameters of a cache."""
        patience = {"socket_timeout": PATIENCE, "socket_connect_timeout": PATIENCE}
        super().__init__(server, params | {"OPTIONS": patience | params.get("OPTIONS", {})})
        self._server = server
        self._memory = LocMemCache(f"instead of {server}", {"OPTIONS": {"MAX_ENTRIES": ENTRIES}})

    def _ask(
        self, redis: Callable[..., T], memory: Callable[..., T], *args: Any, **named: Any
    ) -> T:
        if time.monotonic() >= _away_until.get(self._server, 0):
            try:
                return redis(*args, **named)
            except RedisError as error:
                _away_until[self._server] = time.monotonic() + LEFT_ALONE
                log.warning("cache_away", error=type(error).__name__, seconds=LEFT_ALONE)
        return memory(*args, **named)

    def add(self, *args: Any, **named: Any) -> bool:
        """Django's; see the class."""
        return bool(self._ask(super().add, self._memory.add, *args, **named))

    def get(self, *args: Any, **named: Any) -> Any:
        """Django's; see the class."""
        return self._ask(super().get, self._memory.get, *args, **named)

    def set(self, *args: Any, **named: Any) -> None:
        """Django's; see the class."""
        self._ask(super().set, self._memory.set, *args, **named)

    def touch(self, *args: Any, **named: Any) -> bool:
        """Django's; see the class."""
        return bool(self._ask(super().touch, self._memory.touch, *args, **named))

    def delete(self, *args: Any, **named: Any) -> bool:
        """Django's; see the class."""
        return bool(self._ask(super().delete, self._memory.delete, *args, **named))

    def incr(self, *args: Any, **named: Any) -> int:
        """Django's; see the class."""
        return int(self._ask(super().incr, self._memory.incr, *args, **named))

    def has_key(self, *args: Any, **named: Any) -> bool:
        """Django's; see the class."""
        return bool(self._ask(super().has_key, self._memory.has_key, *args, **named))

    def get_many(self, *args: Any, **named: Any) -> dict[str, Any]:
        """Django's; see the class."""
        return dict(self._ask(super().get_many, self._memory.get_many, *args, **named))

    def set_many(self, *args: Any, **named: Any) -> list[str]:
        """Django's; see the class."""
        return list(self._ask(super().set_many, self._memory.set_many, *args, **named))

    def delete_many(self, *args: Any, **named: Any) -> None:
        """Django's; see the class."""
        self._ask(super().delete_many, self._memory.delete_many, *args, **named)

    def clear(self) -> None:
        """Django's; see the class."""
        self._ask(super().clear, self._memory.clear)
