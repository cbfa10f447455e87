from __future__ import annotations

import pytest

from governance.policies.facts import CardFact, Facts, FileFact
from models_catalog.storage.models import Verdict


@pytest.fixture
def card():
    """A card with this front matter; names that cards know by themselves stand at its top, others under ``own``."""

    def make(own=None, results=(), **facts):
        known = {name: value for name, value in facts.items() if value is not None}
        return CardFact(
            title="Leaf", facts=known | {"own": own or {}, "results": list(results)}, headings=[]
        )

    return make


@pytest.fixture
def with_card(card):
    """The facts of a revision with such a card."""
    return lambda **said: Facts(files=[], card=card(**said))


@pytest.fixture
def with_files():
    """The facts of a revision with files: path → what its bytes are."""

    def make(formats, *, size=1, model="leaf"):
        files = [
            FileFact(path=path, size=size, verdict=Verdict.SAFE, formats=read)
            for path, read in formats.items()
        ]
        return Facts(files=files, model=model)

    return make
