"""The door to revisions and versions: what a person may see of a repo's history (ARCHITECTURE §4)."""

from __future__ import annotations

import re

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.text import is_storable
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import repo_rights, sees_unreleased
from models_catalog.revisions.actions import MAIN
from models_catalog.revisions.models import Ref, Revision
from models_catalog.versions.models import Version, VersionState

NO_SUCH_REVISION = gettext_lazy("There is no such revision of this model.")
SHOWN_STATES = (VersionState.RELEASED, VersionState.WITHDRAWN)
_SHOWN = Q(versions__state__in=SHOWN_STATES) | Q(refs__name=MAIN)


def may_see_unreleased(repo: Repo, *, actor: Actor) -> bool:
    """Whether branches, changes and unreleased commits are open to the actor; always in an open repo."""
    return not repo.is_protected or sees_unreleased(repo_rights(repo, actor=actor))


def visible_versions(repo: Repo, *, actor: Actor) -> QuerySet[Version]:
    """Versions that the actor may list, newest first."""
    versions = (
        Version.objects.filter(repo=repo)
        .select_related("revision", "released_by", "yanked_by", "withdrawn_by")
        .order_by("-number")
    )
    if may_see_unreleased(repo, actor=actor):
        return versions
    return versions.filter(state__in=SHOWN_STATES)


def get_version(repo: Repo, number: int, *, actor: Actor) -> Version:
    """One version by number. Raises ``NotFound``."""
    found = visible_versions(repo, actor=actor).filter(number=number).first()
    if found is None:
        raise NotFound(_("There is no such version of this model."))
    return found


def version_before(version: Version, *, actor: Actor) -> Version | None:
    """The version to compare one with: the nearest earlier one with files that the actor may list."""
    earlier = visible_versions(version.repo, actor=actor).filter(number__lt=version.number)
    return earlier.exclude(revision=None).first()


def newest_version(repo: Repo) -> Version | None:
    """The newest released version that has not been yanked, or ``None``."""
    return (
        Version.objects.filter(repo=repo, state=VersionState.RELEASED, yanked_at=None)
        .select_related("revision", "released_by")
        .order_by("-number")
        .first()
    )


def released_count(repo: Repo) -> int:
    """How many versions are released; a ring of the model's mark for each."""
    return Version.objects.filter(repo=repo, state=VersionState.RELEASED).count()


def may_see_revision(repo: Repo, revision: Revision, *, actor: Actor) -> bool:
    """Whether the actor may know what is in this revision of a repo that they may see."""
    if may_see_unreleased(repo, actor=actor):
        return True
    return Revision.objects.filter(_SHOWN, pk=revision.pk).exists()


def get_revision(repo: Repo, name: str, *, actor: Actor) -> Revision:
    """Find the revision that ``name`` stands for.

    That is a full commit id, a version's ``v`` and number or label, an alias, a stage (the newest revision there), a
    branch, tag or ``refs/…`` name. Shortened commit ids are not accepted: they may come to mean something else.

    Raises ``NotFound`` for what does not exist and, in a reviewed repo, for what readers may not see yet: they see
    ``main`` and what is released.
    """
    if not is_storable(name):
        raise NotFound(NO_SUCH_REVISION)
    revisions = Revision.objects.filter(repo=repo).select_related("author", "parent")
    if not may_see_unreleased(repo, actor=actor):
        revisions = revisions.filter(_SHOWN).distinct()
    for condition in _meanings(name):
        found = revisions.filter(condition).order_by("-id").first()
        if found is not None:
            return found
    raise NotFound(NO_SUCH_REVISION)


def is_revision_kept(repo: Repo, name: str) -> bool:
    """Whether a name stands for something in the repo, whoever may see it; for the record, never for an answer."""
    if not is_storable(name):
        return False
    kept = Revision.objects.filter(repo=repo)
    return any(kept.filter(meaning).exists() for meaning in _meanings(name))


def visible_refs(repo: Repo, *, actor: Actor) -> QuerySet[Ref]:
    """Branches, tags and heads of changes that the actor may list, by name.

    Readers of a reviewed repo see ``main`` and the tags on what is released.
    """
    refs = Ref.objects.filter(repo=repo).select_related("revision").order_by("name")
    if may_see_unreleased(repo, actor=actor):
        return refs
    shown = Version.objects.filter(repo=repo, state__in=SHOWN_STATES).values("revision_id")
    return refs.filter(Q(name=MAIN) | Q(name__startswith="refs/tags/", revision_id__in=shown))


def _meanings(name: str) -> list[Q]:
    """What a name may stand for, the strongest first.

    An alias or a stage wins over a branch, a tag or a label: whoever may push must not be able to stand in for it.
    """
    refs = Q(refs__name__in=[name, f"refs/tags/{name}", name.removeprefix("refs/heads/")])
    if name == MAIN or name.startswith("refs/"):
        return [refs]
    if re.fullmatch(r"[0-9a-f]{40}", name):
        return [Q(sha1=name), refs]
    number = re.fullmatch(r"v(\d{1,9})", name)
    if number:
        return [refs, Q(versions__number=int(number[1]))]
    alias = Q(versions__alias_moves__alias=name, versions__alias_moves__ended_at=None)
    stage = Q(versions__stage_moves__stage=name, versions__stage_moves__ended_at=None)
    return [alias, stage, refs, Q(versions__label=name)]
