import re

import pytest
from django.db.migrations.loader import MigrationLoader

from tests.architecture.tree import APPS

NAME = re.compile(r"\d{4}_[a-z0-9]+(_[a-z0-9]+)*")


def _migrations(app):
    loader = MigrationLoader(None, ignore_no_migrations=True)
    return {
        name: migration
        for (label, name), migration in loader.disk_migrations.items()
        if label == app
    }


@pytest.mark.parametrize("app", ["hub", *APPS])
def test_a_migration_is_named_by_what_it_does(app):
    unnamed = [name for name in _migrations(app) if "_auto_" in name or not NAME.fullmatch(name)]

    assert unnamed == []


@pytest.mark.parametrize("app", ["hub", *APPS])
def test_migrations_of_an_app_are_one_straight_line(app):
    migrations = _migrations(app)
    names = sorted(migrations)

    before = {
        name: {parent for label, parent in migrations[name].dependencies if label == app}
        for name in names
    }

    assert [int(name[:4]) for name in names] == list(range(1, len(names) + 1))
    assert before == {
        name: set(names[index - 1 : index]) if index else set() for index, name in enumerate(names)
    }
