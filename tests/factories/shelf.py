"""Models with a card and a search row, without the workers that make both."""

from __future__ import annotations

from dataclasses import asdict

from accounts.orgs.models import Organization
from accounts.users.models import User
from models_catalog.cards.models import Card
from models_catalog.cards.queries import readme_of
from models_catalog.cards.render import RENDERER, render
from models_catalog.repos.models import Repo
from models_catalog.revisions.models import Revision
from models_catalog.search.actions import refresh
from models_catalog.storage.models import Blob
from models_catalog.storage.queries import open_blob
from tests.factories.models import commit_files, judge_all, make_repo


def card_source(
    *, title: str = "", body: str = "It sorts letters into heaps of words.", **facts: str
) -> bytes:
    """A README.md; ``facts`` are lines of its front matter, written as they shall stand there."""
    lines = [f"{name}: {value}" for name, value in facts.items()]
    heading = f"# {title}\n\n" if title else ""
    return "\n".join(["---", *lines, "---", f"{heading}{body}", ""]).encode()


def keep_card(revision: Revision) -> Card | None:
    """Render the card of a revision in this process."""
    readme = readme_of(revision)
    if readme is None:
        return None
    blob = Blob.objects.get(pk=readme.blob_id)
    with open_blob(blob) as file:
        rendered = asdict(render(file.read()))
    return Card.objects.get_or_create(blob=blob, renderer=RENDERER, defaults=rendered)[0]


def shelve(
    name: str,
    *,
    by: User,
    organization: Organization | None = None,
    visibility: str = "public",
    card: bytes | None = None,
    files: dict[str, bytes] | None = None,
) -> Repo:
    """A model in the catalogue, scanned and found clean; it must be an open one."""
    repo = make_repo(name, owner=by, organization=organization, visibility=visibility)
    source = card_source(license="mit") if card is None else card
    revision = commit_files(repo, {"README.md": source, **(files or {})}, by=by)
    judge_all(revision)
    keep_card(revision)
    refresh(repo.pk)
    return repo
