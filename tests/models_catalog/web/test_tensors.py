"""The table of tensors on the page of a weight file."""

from __future__ import annotations

import pytest

from models_catalog.artifacts.models import Header
from models_catalog.web.tensors import FIRST, tensor_table

NORM = ["norm.weight", "BF16", [4], 8]


def header(*more: list[object], layers: int = 0) -> Header:
    rows = [[f"layers.{n}.weight", "F32", [2, 3], 24] for n in range(layers)]
    return Header(format="safetensors", tensors=[*rows, *more])


def test_a_tensor_is_said_with_its_parameters_and_its_share_of_the_bytes():
    table = tensor_table(header(NORM, layers=1), {})

    assert table is not None
    first, last = table.rows
    assert (first.parameters, first.share) == (6, 75.0)
    assert (last.name, last.kind, last.size, last.share) == ("norm.weight", "BF16", 8, 25.0)
    assert table.kinds == ["BF16", "F32"]


def test_a_tensor_without_sides_is_one_value():
    table = tensor_table(header(["scale", "F32", [], 4]), {})

    assert table is not None
    assert table.rows[0].parameters == 1


def test_the_first_are_shown_and_the_rest_on_demand():
    many = header(layers=FIRST + 1)

    cut, whole = tensor_table(many, {}), tensor_table(many, {"all": "1"})

    assert cut is not None
    assert whole is not None
    assert (len(cut.rows), cut.is_cut, cut.matching) == (FIRST, True, FIRST + 1)
    assert (len(whole.rows), whole.is_cut) == (FIRST + 1, False)


@pytest.mark.parametrize("asked", ["norm", " NORM ", "m.w"])
def test_names_are_narrowed_whatever_their_case(asked):
    table = tensor_table(header(NORM, layers=3), {"name": asked})

    assert table is not None
    assert [row.name for row in table.rows] == ["norm.weight"]
    assert (table.matching, table.total) == (1, 4)


def test_a_header_without_tensors_has_no_table():
    assert tensor_table(header(), {}) is None
