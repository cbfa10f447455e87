"""Work in a child process that gets no more than it is given."""

from __future__ import annotations

import os
import sys
import time

import pytest

from hub.core.bounded import MEBIBYTE, OutOfBounds, run_bounded

HERE = "tests.hub.core.test_bounded"


def echo(data: bytes) -> bytes:
    return data[::-1]


def environment(data: bytes) -> bytes:
    return repr(sorted(os.environ)).encode()


def loop(data: bytes) -> bytes:
    while True:
        pass


def sleep(data: bytes) -> bytes:
    time.sleep(60)
    return b""


def hoard(data: bytes) -> bytes:
    return bytes(2**40)


def fail(data: bytes) -> bytes:
    raise ValueError


def flood(data: bytes) -> bytes:
    return bytes(2 * MEBIBYTE)


def write(data: bytes) -> bytes:
    with open(data, "wb") as file:  # noqa: PTH123
        file.write(b"x")
    return b""


def modules(data: bytes) -> bytes:
    return str("django" in sys.modules).encode()


def test_it_answers_what_the_function_does():
    assert run_bounded(f"{HERE}:echo", b"abc", seconds=10) == b"cba"


def test_it_inherits_no_environment_and_no_django(monkeypatch):
    monkeypatch.setenv("ARBORETUM_SECRET_KEY", "s")

    names = run_bounded(f"{HERE}:environment", b"", seconds=10)

    assert b"SECRET" not in names
    assert b"DATABASE" not in names
    assert run_bounded(f"{HERE}:modules", b"", seconds=10) == b"False"


@pytest.mark.parametrize("work", ["loop", "sleep"])
def test_it_ends_in_time(work):
    began = time.monotonic()

    with pytest.raises(OutOfBounds, match="longer than 1 second"):
        run_bounded(f"{HERE}:{work}", b"", seconds=1)

    assert time.monotonic() - began < 5


@pytest.mark.parametrize("work", ["hoard", "fail"])
def test_too_much_memory_and_errors_are_out_of_bounds(work):
    with pytest.raises(OutOfBounds, match="memory"):
        run_bounded(f"{HERE}:{work}", b"", seconds=10)


def test_an_answer_may_be_too_large():
    with pytest.raises(OutOfBounds, match="too large"):
        run_bounded(f"{HERE}:flood", b"", seconds=10, output=MEBIBYTE)


def test_it_cannot_fill_a_file(tmp_path):
    target = tmp_path / "x"

    with pytest.raises(OutOfBounds):
        run_bounded(f"{HERE}:write", str(target).encode(), seconds=10)

    assert not target.exists() or target.stat().st_size == 0
