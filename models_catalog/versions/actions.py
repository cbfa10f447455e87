"""Reserving, releasing and rejecting versions. A gate is asked before ``release_version`` is called."""

from __future__ import annotations

import re

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.attempts import attempting, remembers_attempts
from hub.core.errors import Conflict, Invalid
from hub.core.events import emit
from hub.core.text import storable
from models_catalog.repos.attempts import attempt_on
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right
from models_catalog.revisions.models import Revision
from models_catalog.versions.events import VersionProposed, VersionRejected, VersionReleased
from models_catalog.versions.models import Version, VersionState


@transaction.atomic
def propose_version(
    repo: Repo, *, label: str = "", change_number: int | None = None, actor: Actor
) -> Version:
    """Reserve the next number. Raises ``Conflict`` for a label that the repo has used."""
    label = _checked_label(label)
    Repo.objects.filter(pk=repo.pk).update(version_count=F("version_count") + 1)
    number = Repo.objects.values_list("version_count", flat=True).get(pk=repo.pk)
    try:
        with transaction.atomic():
            version = Version.objects.create(
                repo=repo, number=number, label=label, change_number=change_number
            )
    except IntegrityError as error:
        raise Conflict(
            _("This model has a version called “{label}” already.").format(label=label),
            field="label",
        ) from error
    emit(VersionProposed(actor=actor, repo=repo, number=number))
    return version


def _checked_label(label: str) -> str:
    label = label.strip()
    if re.fullmatch(r"v\d+|[0-9a-f]{40}", label):
        raise Invalid(
            _(
                "“{label}” could be mistaken for the number of a version or for a commit. Call it "
                "something like 1.2.0."
            ).format(label=label),
            field="label",
        )
    if len(label) > 60 or any(not (c.isalnum() or c in ".-+_") for c in label):
        raise Invalid(
            _("A version is called something like 1.2.0: letters, digits and . - + _ only."),
            field="label",
        )
    if label == "main" or label.startswith("refs"):
        raise Invalid(
            _("That word names a branch. Call the version something like 1.2.0."), field="label"
        )
    return label


@transaction.atomic
def release_version(
    version: Version, *, revision: Revision, approvals: int, actor: Actor
) -> Version:
    """Fix the version to ``revision`` for good and show it to readers. Callers have asked the gate."""
    now = timezone.now()
    changed = Version.objects.filter(pk=version.pk, state=VersionState.PROPOSED).update(
        state=VersionState.RELEASED,
        revision=revision,
        approvals=approvals,
        released_by=actor.user,
        released_at=now,
    )
    if not changed:
        raise Conflict(_("This version has been released or rejected already."))
    Repo.objects.filter(pk=version.repo_id, first_released_at=None).update(first_released_at=now)
    version.refresh_from_db()
    repo = Repo.objects.select_related("namespace").get(pk=version.repo_id)
    emit(
        VersionReleased(
            actor=actor,
            repo=repo,
            number=version.number,
            sha1=revision.sha1,
            manifest_digest=revision.manifest_digest,
            approvals=approvals,
        )
    )
    return version


@remembers_attempts
@transaction.atomic
def release_unreviewed(
    repo: Repo, *, revision: Revision, label: str = "", notes: str = "", actor: Actor
) -> Version:
    """Release a revision of an open repo; its page says “Not reviewed”. Reviewed repos release by merging.

    Raises ``Conflict`` when exactly these files are a version already, and as ``require_active``.
    """
    require_repo_right(repo, Right.WRITE, actor=actor)
    # the lock lets the second of two clicks see the first, and nobody puts the repo under review meanwhile
    repo = hold_repo(repo)
    require_active(repo, actor=actor)
    if repo.is_protected:
        with attempting(attempt_on(repo, "versions", actor=actor), refusals=(Invalid,)):
            raise Invalid(
                _("This model is reviewed: a version is released when its change is merged.")
            )
    same = Version.objects.filter(
        repo=repo, state=VersionState.RELEASED, revision__manifest_digest=revision.manifest_digest
    ).first()
    if same is not None:
        raise Conflict(
            _(
                "These are exactly the files of {version}, so there is nothing new to release."
            ).format(version=same.title)
        )
    version = propose_version(repo, label=label, actor=actor)
    if notes:
        Version.objects.filter(pk=version.pk).update(notes=storable(notes)[:10_000])
    return release_version(version, revision=revision, approvals=0, actor=actor)


@transaction.atomic
def reject_version(version: Version, *, actor: Actor) -> None:
    """Give a proposed version up; its number stays used. A second time changes nothing."""
    if not Version.objects.filter(pk=version.pk, state=VersionState.PROPOSED).update(
        state=VersionState.REJECTED
    ):
        return
    repo = Repo.objects.select_related("namespace").get(pk=version.repo_id)
    emit(VersionRejected(actor=actor, repo=repo, number=version.number))
