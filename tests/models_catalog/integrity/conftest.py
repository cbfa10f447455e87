"""A store with nothing of other tests in it, and a model whose every part fsck has to look at."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from accounts.users.models import User
from models_catalog.changes.models import Change
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import local_path
from models_catalog.storage.store import store
from tests.factories.models import commit_files, make_repo, propose, release
from tests.factories.people import make_user


@pytest.fixture
def own_store(settings, tmp_path: Path) -> Iterator[Path]:
    """The folder of a store of this test's own."""
    options = settings.STORAGES["default"]["OPTIONS"] | {"location": str(tmp_path / "store")}
    default = settings.STORAGES["default"] | {"OPTIONS": options}
    settings.STORAGES = settings.STORAGES | {"default": default}
    settings.STAGING_DIR = tmp_path / "store" / "staging"
    store.cache_clear()
    yield tmp_path / "store"
    store.cache_clear()


@dataclass(frozen=True)
class Shelf:
    """An open model with two commits, a version and a change."""

    owner: User
    repo: Repo
    revision: Revision
    change: Change

    @property
    def weights(self) -> Blob:
        """The blob of ``sub/w.bin``, a file that stands in the tree as a pointer."""
        return Blob.objects.get(occurrences__path="sub/w.bin")

    def path_of(self, blob: Blob) -> Path:
        """Where its bytes lie."""
        path = local_path(blob)
        assert path is not None
        return path


@pytest.fixture
def shelf(own_store) -> Shelf:
    owner = make_user("ada")
    repo = make_repo("minilm", owner=owner)
    commit_files(repo, {"README.md": b"# Hi\n"}, by=owner)
    revision = commit_files(repo, {"sub/w.bin": b"weights", "a/b/c.txt": b"deep"}, by=owner)
    release(repo, revision, by=owner)
    change = propose(repo, {"notes.txt": b"notes"}, by=owner)
    return Shelf(owner, repo, revision, change)


@pytest.fixture
def run(own_store) -> Callable[..., tuple[int, list[str]]]:
    """Runs a command; answers its exit code and the lines that it printed."""

    def call(command: str, *arguments: str) -> tuple[int, list[str]]:
        printed = StringIO()
        try:
            call_command(command, *arguments, stdout=printed)
        except SystemExit as end:
            return int(end.code or 0), printed.getvalue().splitlines()
        return 0, printed.getvalue().splitlines()

    return call
