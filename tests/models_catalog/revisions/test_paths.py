from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.core.errors import Invalid
from models_catalog.revisions.paths import check_path, check_tree

BAD = [
    "",
    "/etc/passwd",
    "a/",
    "a//b",
    "../a",
    "a/../b",
    "./a",
    ".git/config",
    "a/.GIT/config",
    "git~1",
    "a\\b",
    "a\0b",
    "a\nb",
    "a\u202eb",
    "a\u200bb",
    "con",
    "aux.txt",
    "a:b",
    "a ",
    "a.",
    " a",
    "x" * 256,
    "/".join(["x" * 200] * 6),
    "/".join(["x"] * 34),
]
GOOD = ["README.md", "1_Pooling/config.json", "a b.txt", "Ünïcode/模型.bin", ".gitattributes", "…"]


@pytest.mark.parametrize("path", BAD)
def test_a_path_that_some_system_misreads_is_refused(path):
    with pytest.raises(Invalid):
        check_path(path)


@pytest.mark.parametrize("path", GOOD)
def test_an_ordinary_path_is_kept(path):
    assert check_path(path) == path


def test_a_path_comes_out_composed():
    assert check_path("u\u0308.txt") == "ü.txt"


def test_a_file_cannot_be_a_folder_too():
    with pytest.raises(Invalid, match="is a file"):
        check_tree(["a", "a/b"])


def test_a_file_cannot_be_a_folder_that_differs_by_case_alone():
    with pytest.raises(Invalid, match="“A” is a file"):
        check_tree(["A", "a/b"])


def test_a_revision_has_a_bounded_number_of_files_and_folders():
    with pytest.raises(Invalid, match="100,000 files at most"):
        check_tree(str(number) for number in range(100_001))
    with pytest.raises(Invalid, match="20,000 folders at most"):
        check_tree(f"{number}/file" for number in range(20_001))


def test_names_that_differ_by_case_alone_are_refused():
    with pytest.raises(Invalid, match="only by case"):
        check_tree(["README.md", "readme.md"])


@given(st.text(max_size=60))
def test_no_text_at_all_breaks_the_validator(path):
    try:
        checked = check_path(path)
    except Invalid:
        return
    assert ".." not in checked.split("/")
    assert not checked.startswith("/")
