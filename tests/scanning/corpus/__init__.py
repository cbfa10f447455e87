"""The scanner's own corpus, written by generators: one module per family, each with ``samples()``.

Payloads are inert and nothing here is ever loaded. A module is found by standing in this folder.
"""

from __future__ import annotations

import pkgutil
from collections.abc import Iterator
from importlib import import_module

from tests.scanning.sample import Sample


def families() -> list[str]:
    """The names of all families, in order."""
    return sorted(module.name for module in pkgutil.iter_modules(__path__))


def samples(family: str) -> Iterator[Sample]:
    """Every sample of a family."""
    module = import_module(f"{__name__}.{family}")
    yield from module.samples()
