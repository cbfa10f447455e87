from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from tests.factories.models import make_repo
from tests.factories.people import make_organization, make_user
from tests.models_catalog.uploads.tus_client import TusClient


@pytest.fixture(autouse=True)
def staging_folder(settings, tmp_path):
    """A staging folder of the test's own, so that it can be looked into."""
    settings.STAGING_DIR = tmp_path / "staging"
    return settings.STAGING_DIR


@pytest.fixture
def owner(db):
    return make_user("ada")


@pytest.fixture
def repo(owner):
    """An open model: commits land on main."""
    return make_repo("minilm", owner=owner)


@pytest.fixture
def reviewed(owner):
    """A reviewed model: what is committed becomes a change."""
    return make_repo("reviewed", owner=owner, organization=make_organization("savanna", owner))


@pytest.fixture
def browser(client, owner):
    """A browser in which the owner is signed in."""
    client.force_login(owner)
    return client


@pytest.fixture
def tus(browser, repo):
    return TusClient(browser, repo)


@pytest.fixture
def time_machine_at():
    """A function: the time that has passed when the block is entered."""

    def later(**passed: float):
        return time_machine.travel(datetime.now(UTC) + timedelta(**passed), tick=True)

    return later
