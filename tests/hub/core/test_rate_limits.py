from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
import time_machine
from django.core.cache import cache
from django.core.exceptions import ImproperlyConfigured

from hub.core.errors import TooManyRequests
from hub.core.rate_limits import LIMITS, Limit, _counters, address_key, limit_named, spend

NOON = 1_800_000_000  # a whole number of minutes and hours
LIMIT = Limit("knock", 5, 60)


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()


@pytest.fixture
def clock():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


def spend_all(limit=LIMIT, key="ada"):
    return [spend(limit, key).remaining for _ in range(limit.count)]


def test_what_is_left_is_told_each_time(clock):
    assert spend_all() == [4, 3, 2, 1, 0]


def test_one_more_is_refused_with_the_time_to_wait(clock):
    spend_all()

    with pytest.raises(TooManyRequests) as refused:
        spend(LIMIT, "ada")

    assert refused.value.status == 429
    assert refused.value.code == "too_many_requests"
    assert refused.value.retry_after == 72  # a fifth of the window after this one
    assert refused.value.message == (
        "This was asked for more often than 5 times in 60 seconds. Wait 2 minutes and try again."
    )


@pytest.mark.parametrize("spent_at", [0, 1, 30, 59])
@pytest.mark.parametrize("asked_at", [59, 60, 90, 119])
def test_whoever_waits_as_long_as_told_is_let_in(clock, spent_at, asked_at):
    clock.move_to(NOON + spent_at)
    spend_all()
    clock.move_to(NOON + max(spent_at, asked_at))
    with pytest.raises(TooManyRequests) as refused:
        spend_all(key="ada") and spend(LIMIT, "ada")

    clock.shift(refused.value.retry_after)

    spend(LIMIT, "ada")


def test_refusals_do_not_count(clock):
    spend_all()
    for second in range(1, 60):
        clock.move_to(NOON + second)
        with pytest.raises(TooManyRequests):
            spend(LIMIT, "ada")

    clock.move_to(NOON + 72)

    spend(LIMIT, "ada")


def test_a_burst_at_the_end_of_a_minute_leaves_nothing_for_the_beginning_of_the_next(clock):
    clock.move_to(NOON + 59)
    spend_all()

    clock.move_to(NOON + 60)

    with pytest.raises(TooManyRequests):
        spend(LIMIT, "ada")


def test_all_is_there_again_when_it_was_said_to_be(clock):
    allowance = spend(LIMIT, "ada")

    clock.shift(allowance.reset_after)

    assert spend_all() == [4, 3, 2, 1, 0]


def test_keys_and_limits_do_not_share_what_they_have(clock):
    spend_all()

    assert spend(LIMIT, "grace").remaining == 4
    assert spend(Limit("ring", 5, 60), "ada").remaining == 4


def test_a_dear_request_costs_more(clock):
    assert spend(LIMIT, "ada", cost=3).remaining == 2
    with pytest.raises(TooManyRequests):
        spend(LIMIT, "ada", cost=3)
    assert spend(LIMIT, "ada", cost=2).remaining == 0


def test_what_costs_more_than_all_costs_all(clock):
    assert spend(LIMIT, "ada", cost=50).remaining == 0


def test_a_limit_of_nothing_is_no_limit():
    free = Limit("knock", 0, 60)

    assert all(spend(free, "ada") for _ in range(100))


@pytest.mark.parametrize("step", [-3600, 3600])
def test_a_step_of_the_clock_locks_nobody_out(clock, step):
    spend_all()

    clock.shift(step)

    assert spend(LIMIT, "ada").remaining == 4


def test_threads_cannot_spend_more_than_there_is():
    with time_machine.travel(NOON, tick=False), ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: _is_let_in(Limit("rush", 20, 60)), range(100)))

    assert sum(answers) == 20


def _is_let_in(limit):
    try:
        spend(limit, "everybody")
    except TooManyRequests:
        return False
    return True


def test_counters_do_not_tell_who_came():
    names = " ".join(_counters(LIMIT, "192.0.2.7", 1))

    assert "192.0.2" not in names
    assert "knock" not in names


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:aaaa::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff:ffff:ffff:ffff", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::1", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("", "unknown"),
        ("\ud800", "unknown"),
    ],
)
def test_an_address_is_known_by_what_its_visitor_cannot_change(address, key):
    assert address_key(address) == key


def test_every_limit_of_the_table_has_its_name():
    assert all(limit_named(name) == LIMITS[name] and LIMITS[name].name == name for name in LIMITS)


def test_the_operator_may_change_a_limit(settings):
    settings.RATE_LIMITS = {"search": "7/30"}

    assert limit_named("search") == Limit("search", 7, 30)


@pytest.mark.parametrize("text", ["", "7", "7/0", "-7/30", "7/30/1", "x/30", "7/m", "²/30"])
def test_a_limit_that_cannot_be_read_stops_the_start(settings, text):
    settings.RATE_LIMITS = {"search": text}

    with pytest.raises(ImproperlyConfigured, match="search"):
        limit_named("search")
