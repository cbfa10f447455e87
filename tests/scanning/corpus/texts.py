"""Text that lies beside weights."""

from __future__ import annotations

from collections.abc import Iterator

from tests.scanning.sample import Sample, benign


def samples() -> Iterator[Sample]:
    """Every sample of this family."""
    yield benign("card", "README.md", b"---\nlicense: mit\n---\n# A model\n\nIt models.\n")
