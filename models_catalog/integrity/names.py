"""Whether everything that names a revision names the right one: refs, versions, changes."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import CharField, Exists, F, OuterRef, Q, Subquery, Value
from django.db.models.functions import Cast, Concat

from models_catalog.changes.models import Change
from models_catalog.integrity.batches import by_id
from models_catalog.integrity.findings import Finding, name_of, problem
from models_catalog.repos.models import Repo
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref
from models_catalog.versions.models import Version
from models_catalog.versions.queries import SHOWN_STATES

BACKUP = "Restore the database from a backup"


def check_names() -> Iterator[Finding]:
    """Refs, versions and changes: each leads to a revision of its own repo, and a change's head is its ref."""
    yield from _refs()
    yield from _versions()
    yield from _changes()


def _refs() -> Iterator[Finding]:
    main = Ref.objects.filter(repo=OuterRef("pk"), name=MAIN)
    present = Repo.objects.filter(purged_at=None).select_related("namespace")
    for repo in by_id(present.filter(~Exists(main))):
        yield problem(name_of(repo), f"it has no ref called {MAIN}", BACKUP)
    strays = Ref.objects.exclude(revision__repo=F("repo")).select_related("repo__namespace")
    for ref in by_id(strays):
        yield problem(
            f"ref {ref.name} of {name_of(ref.repo)}", "it leads to another repo’s revision", BACKUP
        )


def _versions() -> Iterator[Finding]:
    shown = Version.objects.filter(state__in=SHOWN_STATES).select_related("repo__namespace")
    for version in by_id(shown.filter(Q(revision=None) | ~Q(revision__repo=F("repo")))):
        where = f"version {version.number} of {name_of(version.repo)}"
        what = "leads to another repo’s revision" if version.revision_id else "has no revision"
        yield problem(where, f"it {what}", BACKUP)


def _changes() -> Iterator[Finding]:
    name = Concat(Value("refs/pr/"), Cast("discussion__number", CharField()))
    refs = Ref.objects.filter(repo=OuterRef("discussion__repo"), name=OuterRef("ref"))
    changes = (
        Change.objects.select_related("discussion__repo__namespace")
        .annotate(ref=name)
        .annotate(at=Subquery(refs.values("revision_id")[:1]))
    )
    for change in by_id(changes.filter(Q(at=None) | ~Q(at=F("head_id")))):
        where = f"change {change.discussion.number} of {name_of(change.repo)}"
        yield problem(where, f"its head is not where {change.ref_name} leads", BACKUP)
