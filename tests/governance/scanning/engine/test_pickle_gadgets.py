"""Every gadget that is known, in every way of calling it."""

from __future__ import annotations

import pytest

from governance.scanning.engine import Verdict
from tests.governance.scanning.engine.making import scan_bytes
from tests.scanning.forms import FORMS
from tests.scanning.gadgets import gadgets


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.__name__)
def test_every_gadget_is_dangerous_in_this_form(form):
    missed = [
        (module, name)
        for module, name in gadgets()
        if scan_bytes(form(module, name)).verdict is not Verdict.DANGEROUS
    ]

    assert missed == []
