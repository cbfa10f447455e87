"""Taking single versions back: out of what is newest, or out of everybody's hands."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import Right
from hub.core.actor import Actor
from hub.core.errors import Conflict
from hub.core.events import emit
from models_catalog.lifecycle.events import VersionUnyanked, VersionWithdrawn, VersionYanked
from models_catalog.lifecycle.queries import relying_on
from models_catalog.lifecycle.reasons import StillNeeded, checked_reason
from models_catalog.repos.queries import hold_repo, require_active, require_repo_right
from models_catalog.stages.actions.leaving import leave_everything
from models_catalog.versions.models import Version, VersionState

YANK = ["yanked_at", "yanked_by", "yanked_reason"]
WITHDRAW = ["state", "withdrawn_at", "withdrawn_by", "withdrawn_reason"]


@transaction.atomic
def yank_version(
    version: Version, *, reason: str, though_needed: bool = False, actor: Actor
) -> Version:
    """Leave a version out of what is newest. Who names it exactly still gets it, so nothing that is pinned to it breaks.

    It leaves its stage and its aliases. Raises ``StillNeeded`` as ``withdraw_version``.
    """
    version = _held(version, actor=actor)
    reason = checked_reason(reason)
    _require_released(version)
    if version.yanked_at is not None:
        raise Conflict(_("{version} has been yanked already.").format(version=version.title))
    _set_aside(version, though_needed=though_needed, actor=actor)
    version.yanked_at, version.yanked_by = timezone.now(), actor.user
    version.yanked_reason = reason
    version.save(update_fields=YANK)
    leave_everything(version, actor=actor)
    emit(VersionYanked(actor=actor, repo=version.repo, number=version.number, reason=reason))
    return version


@transaction.atomic
def unyank_version(version: Version, *, reason: str, actor: Actor) -> Version:
    """Let a yanked version count again."""
    version = _held(version, actor=actor)
    reason = checked_reason(reason)
    _require_released(version)
    if version.yanked_at is None:
        raise Conflict(_("{version} is not yanked.").format(version=version.title))
    version.yanked_at, version.yanked_by, version.yanked_reason = None, None, ""
    version.save(update_fields=YANK)
    emit(VersionUnyanked(actor=actor, repo=version.repo, number=version.number, reason=reason))
    return version


@transaction.atomic
def withdraw_version(
    version: Version, *, reason: str, though_needed: bool = False, actor: Actor
) -> Version:
    """Stop handing a version out; its record stays and says who, when and why.

    Raises ``StillNeeded`` when aliases, stages or other models rely on it, unless the actor has read that and withdraws it
    ``though_needed``: then the record says what they set aside.
    """
    version = _held(version, actor=actor)
    reason = checked_reason(reason)
    _require_released(version)
    warnings = _set_aside(version, though_needed=though_needed, actor=actor)
    version.state = VersionState.WITHDRAWN
    version.withdrawn_at, version.withdrawn_by = timezone.now(), actor.user
    version.withdrawn_reason = reason
    version.save(update_fields=WITHDRAW)
    leave_everything(version, actor=actor)
    assert version.revision is not None
    emit(
        VersionWithdrawn(
            actor=actor,
            repo=version.repo,
            number=version.number,
            sha1=version.revision.sha1,
            warnings=warnings,
            reason=reason,
        )
    )
    return version


def _set_aside(version: Version, *, though_needed: bool, actor: Actor) -> list[str]:
    """What speaks against taking the version back, when the actor says that they know; else raises ``StillNeeded``."""
    warnings = relying_on(version, actor=actor)
    if warnings and not though_needed:
        raise StillNeeded(
            _("{version} is in use. Say that you know, or do it later.").format(
                version=version.title
            ),
            warnings,
        )
    return warnings


def _held(version: Version, *, actor: Actor) -> Version:
    """The version as it is while the repo is held: against a merge or a move of its aliases meanwhile."""
    require_repo_right(version.repo, Right.MANAGE, actor=actor)
    repo = hold_repo(version.repo)
    require_active(repo, actor=actor, though_archived=True)
    held = Version.objects.select_related("revision").get(pk=version.pk)
    held.repo = repo
    return held


def _require_released(version: Version) -> None:
    if version.state != VersionState.RELEASED:
        raise Conflict(
            _("{version} is not released, so there is nothing to take back.").format(
                version=version.title
            )
        )
