from __future__ import annotations

import pytest

from tests.factories.reviews import FILES, make_scene


@pytest.fixture
def scene(db):
    return make_scene(files={**FILES, "README.md": b"# Leaf\n\nIt sorts leaves.\n"})


@pytest.fixture
def at(scene, client):
    """Fetch or send to a page below the discussions of the scene's model, as somebody."""

    def visit(path="", *, by=None, send=None, where=None):
        repo = (where or scene).repo
        client.logout()
        if by is not None:
            client.force_login(by)
        address = f"/{repo.full_name}/discussions{path}"
        return client.get(address) if send is None else client.post(address, send)

    return visit
