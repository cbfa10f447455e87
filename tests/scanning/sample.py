"""One piece of the scanner's corpus: a file or a small folder, and what must become of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Expected(Enum):
    """What scanning must make of a sample."""

    BENIGN = "benign"
    """Ordinary: every file of it ends safe."""
    MALFORMED = "malformed"
    """Broken: no verdict but safe will do."""
    MALICIOUS = "malicious"
    """Made to harm, with an inert payload: suspicious or dangerous."""


@dataclass(frozen=True, slots=True)
class Sample:
    """Bytes by the path under which they would be published; the sample is judged as one revision."""

    name: str
    """Says within its family what the sample is, in words joined by hyphens."""
    expected: Expected
    files: Mapping[str, bytes]


def benign(name: str, path: str, content: bytes) -> Sample:
    """An ordinary file."""
    return Sample(name, Expected.BENIGN, {path: content})


def malformed(name: str, path: str, content: bytes) -> Sample:
    """A broken file."""
    return Sample(name, Expected.MALFORMED, {path: content})


def malicious(name: str, path: str, content: bytes) -> Sample:
    """A file that would do harm if its payload were real."""
    return Sample(name, Expected.MALICIOUS, {path: content})
