"""How often somebody may do something: one table, and the function that counts.

Counters stand in Django's cache: Redis in production, shared by all processes; the memory of the one web process when
embedded. A count slides: of the window before, as much still counts as reaches into the last ``seconds``.
"""

from __future__ import annotations

import hashlib
import ipaddress
import math
import time
from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from hub.core.errors import TooManyRequests

TRIES = 3  # a counter can be pushed out of a full memory between making and raising it
SLACK = 60  # seconds that a counter outlives its use, for machines whose clocks differ


@dataclass(frozen=True, slots=True)
class Limit:
    """``count`` times in ``seconds``; 0 means no limit."""

    name: str
    count: int
    seconds: int


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left after spending; after ``reset_after`` seconds without spending all of it is there again."""

    limit: Limit
    remaining: int
    reset_after: int


LIMITS = {
    limit.name: limit
    for limit in (
        # any request of the API: by address for strangers, by person for the rest
        Limit("api-anonymous", 600, 600),
        Limit("api", 3000, 600),
        # by address, behind which a whole school may sit; allauth counts wrong passwords per account
        Limit("sign-in", 100, 300),
        Limit("sign-up", 60, 3600),
        Limit("password-reset", 20, 3600),
        # a build with an old token retries; whoever guesses needs far more
        Limit("failed-token", 30, 300),
        # by strangers, who each cost the database something
        Limit("search", 300, 60),
        Limit("csp-report", 60, 60),
        # by person
        Limit("mint-token", 20, 3600),
        # sessions opened and forms sent; the files of a session are bounded by its own limits
        Limit("upload", 240, 3600),
        Limit("comment", 60, 600),
        # how often the record says that somebody tried the same protected thing in vain
        Limit("refused-attempt", 5, 3600),
        # models, organisations, invitations: what others see and somebody has to tidy up
        Limit("make", 120, 3600),
        # any other form that changes something
        Limit("write", 600, 600),
    )
}


def limit_named(name: str) -> Limit:
    """The limit of the table, or what ``ARBORETUM_RATE_LIMITS`` makes of it (``sign-in=50/300,search=0/60``)."""
    limit = LIMITS[name]
    text = settings.RATE_LIMITS.get(name)
    return limit if text is None else _parsed(name, text)


def spend(limit: Limit, key: str, *, cost: int = 1) -> Allowance:
    """Count ``cost`` for ``key`` (a person's id, or ``address_key``).

    Raises ``TooManyRequests`` when that is more than ``limit`` has left; then nothing is counted, so that a program
    that keeps asking is let in as early as one that waits.
    """
    if limit.count <= 0:
        return Allowance(limit=limit, remaining=0, reset_after=0)
    cost = min(cost, limit.count)
    window, elapsed = divmod(time.time(), limit.seconds)
    now, before = _counters(limit, key, int(window))
    spent = _raise(now, cost, timeout=2 * limit.seconds + SLACK)
    carried = int(cache.get(before, 0))
    used = carried * (1 - elapsed / limit.seconds) + spent
    if used > limit.count:
        _give_back(now, cost)
        raise _refused(limit, _wait(limit, elapsed, carried, spent - cost, cost))
    return Allowance(
        limit=limit,
        remaining=math.floor(limit.count - used),
        reset_after=math.ceil(2 * limit.seconds - elapsed),
    )


def address_key(address: str) -> str:
    """The visitor behind an IP address: an IPv6 visitor has a whole /64 to choose addresses from."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            return str(parsed.ipv4_mapped)
        return str(ipaddress.ip_network((parsed, 64), strict=False))
    return str(parsed)


def _counters(limit: Limit, key: str, window: int) -> tuple[str, str]:
    """The names of the counters of this window and of the one before. No address or person can be read from them."""
    secret = settings.SECRET_KEY.encode()[: hashlib.blake2b.MAX_KEY_SIZE]
    text = f"{limit.name}\0{limit.seconds}\0{key}".encode(errors="replace")
    digest = hashlib.blake2b(text, key=secret, digest_size=16).hexdigest()
    return f"limit:{digest}:{window}", f"limit:{digest}:{window - 1}"


def _raise(counter: str, by: int, *, timeout: int) -> int:
    """Add to a counter, making it when there is none: each step is atomic, so nothing is lost between processes."""
    for _ in range(TRIES):
        cache.add(counter, 0, timeout)
        try:
            return int(cache.incr(counter, by))
        except ValueError:  # pushed out meanwhile
            continue
    return by


def _give_back(counter: str, cost: int) -> None:
    try:
        cache.decr(counter, cost)
    except ValueError:
        pass  # pushed out meanwhile, and with it what was counted


def _wait(limit: Limit, elapsed: float, carried: int, spent: int, cost: int) -> int:
    """Seconds until ``cost`` fits, if nothing else is spent meanwhile."""
    room = limit.count - spent - cost
    if room >= 0:  # as soon as enough of the window before has slid out
        return _seconds(limit.seconds * (1 - room / carried) - elapsed if carried else 0)
    slides_out = limit.seconds * (1 - (limit.count - cost) / spent)
    return _seconds(limit.seconds - elapsed + slides_out)


def _seconds(exact: float) -> int:
    return max(1, math.ceil(exact))


def _refused(limit: Limit, retry_after: int) -> TooManyRequests:
    return TooManyRequests(
        f"This was asked for more often than {limit.count} times in {_in_words(limit.seconds)}. "
        f"Wait {_in_words(retry_after)} and try again.",
        retry_after=retry_after,
    )


def _in_words(seconds: int) -> str:
    """``90`` is “2 minutes”: rounded up, so that trying again then succeeds."""
    for size, word in ((3600, "hour"), (60, "minute")):
        if seconds > size or (seconds == size and word == "hour"):
            number = math.ceil(seconds / size)
            return f"{number} {word}{'' if number == 1 else 's'}"
    return f"{seconds} second{'' if seconds == 1 else 's'}"


def _parsed(name: str, text: str) -> Limit:
    count, _, seconds = text.partition("/")
    if not (count.isdecimal() and seconds.isdecimal() and int(seconds) > 0):
        raise ImproperlyConfigured(
            f"ARBORETUM_RATE_LIMITS says {text!r} for {name}: write count/seconds, for example {name}=20/60."
        )
    return Limit(name, int(count), int(seconds))
