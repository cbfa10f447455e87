import pytest
import time_machine


@pytest.fixture
def time_machine_at():
    """``with time_machine_at(moment):`` the clock stands still there."""
    return lambda moment: time_machine.travel(moment, tick=False)
