from __future__ import annotations

import pytest

from tests.factories.reviews import make_scene


@pytest.fixture
def scene(db):
    return make_scene()
