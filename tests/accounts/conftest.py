import pytest
import time_machine
from django.core.cache import cache


@pytest.fixture(autouse=True)
def _fresh_limits():
    """Attempts are counted in the cache, which outlives a test."""
    cache.clear()


@pytest.fixture
def time_machine_at():
    """``with time_machine_at(moment):`` the clock stands still there."""
    return lambda moment: time_machine.travel(moment, tick=False)
