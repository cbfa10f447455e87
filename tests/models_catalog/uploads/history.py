"""Looking at what an upload left in a repo."""

from __future__ import annotations

from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.revisions.queries import files_of, head_of


def main_of(repo: Repo) -> Revision:
    """What ``main`` points at."""
    head = head_of(repo, "main")
    assert head is not None
    return head


def digests(repo: Repo) -> dict[str, str]:
    """Path and SHA-256 of every file on ``main`` but the first commit's."""
    found = {path: entry.sha256 for path, entry in files_of(main_of(repo)).items()}
    found.pop(".gitattributes")
    return found
