"""Objects of R: every way of writing them, and what would run."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import rules_of, scan_bytes
from tests.scanning.corpus.rdata import call, closure, listed, promise, rds, reals, symbol, texts

UNBOUND = b"\x00\x00\x00\xfc"


def test_a_promise_without_a_value_would_run_its_code():
    assert "RDS-001" in rules_of(scan_bytes(rds(promise(UNBOUND, call("c", reals(1))))))


def test_a_promise_with_a_value_is_a_value():
    assert scan_bytes(rds(promise(reals(1), symbol("x")))).verdict is Verdict.SAFE


def test_a_function_that_runs_a_program_is_worse_than_a_function():
    plain, running = (scan_bytes(rds(closure(call(name, texts("id"))))) for name in ("c", "system"))

    assert plain.verdict is Verdict.SUSPICIOUS
    assert running.verdict is Verdict.DANGEROUS


def test_ten_thousand_lists_inside_one_another_are_walked():
    item = reals(1)
    deep = b"\x00\x00\x00\x13\x00\x00\x00\x01" * 10_000 + item

    assert scan_bytes(rds(deep)).verdict is Verdict.SAFE


@pytest.mark.parametrize("cut", range(1, 60, 7))
def test_a_lost_ending_is_noticed(cut):
    whole = b"X\n\x00\x00\x00\x02\x00\x03\x06\x00\x00\x02\x03\x00" + listed(
        reals(1, 2), texts("a"), names=texts("x", "y")
    )

    assert scan_bytes(whole[:-cut]).verdict is not Verdict.SAFE
