from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from models_catalog.revisions.attributes import Attributes

PATTERNS = [
    "*.bin",
    "*.bin.*",
    "a/*",
    "a/**",
    "**/x.bin",
    "/x.bin",
    "a/**/b.bin",
    "*tfevents*",
    "saved_model/**/*",
    "[ab].bin",
    "[!ab].bin",
    "?.bin",
    "a*b*c",
    "**",
    "****",
    "a/b",
    "/a/b/",
    "x.bin/",
    "a**b",
    "**/a/**",
    "a/**/**/b.bin",
    "\\*.bin",
    "[a-c]*.bin",
    "*.[tT]xt",
]
PATHS = [
    *("x.bin", "a.bin", "b.bin", "c.bin", "*.bin", "abc", "aXbXc", "aab", "x.bin.gz", "f.Txt"),
    *("events.tfevents.1", "a/x.bin", "a/b.bin", "a/c/b.bin", "a/c/d/b.bin", "a/b/c.txt"),
    *("c/a/b", "c/a/x.bin", "saved_model/x", "saved_model/v/x", "q/saved_model/v/x"),
]


@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_means_what_git_says(pattern, tmp_path: Path):
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitattributes").write_text(f"{pattern} filter=lfs\n")
    asked = subprocess.run(
        ["git", "-C", str(tmp_path), "check-attr", "filter", "--stdin", "-z"],
        input="\0".join(PATHS) + "\0",
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split("\0")
    git = {asked[i] for i in range(0, len(asked) - 2, 3) if asked[i + 2] == "lfs"}

    attributes = Attributes(f"{pattern} filter=lfs\n".encode())

    assert {path for path in PATHS if attributes.is_large(path)} == git


def test_the_last_rule_that_says_something_of_the_filter_decides():
    attributes = Attributes(b"*.bin filter=lfs\nsmall.bin -filter\n*.bin -text\n")

    assert attributes.is_large("large.bin")
    assert not attributes.is_large("small.bin")


@pytest.mark.parametrize("pattern", [b"[a", b"[z-a]", b"[[:alpha:]]", b"a\\", b"*" * 201])
def test_a_pattern_that_makes_no_sense_matches_nothing(pattern):
    assert not Attributes(pattern + b" filter=lfs\n").is_large("a")


def test_no_pattern_takes_longer_than_its_path():
    attributes = Attributes(b"*a*a*a*a*a*a*a*a*a*a*b filter=lfs\n" * 500)

    assert not attributes.is_large("a" * 250)  # one that steps back would take years
