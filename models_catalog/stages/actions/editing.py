"""An organisation's stages, and which aliases it protects."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.models import Namespace
from accounts.orgs.events import about
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from hub.core.actor import Actor
from hub.core.errors import Conflict, Invalid, NotFound
from hub.core.events import emit
from hub.core.text import storable
from models_catalog.stages.actions.holding import hold_stages
from models_catalog.stages.defaults import (
    MOST_PROTECTED_ALIASES,
    MOST_STAGES,
    checked_name,
    default_stages,
)
from models_catalog.stages.events import StagesChanged
from models_catalog.stages.models import AliasMove, ProtectedAlias, Stage, StageMove
from models_catalog.stages.queries import protected_aliases, stages_of

LONGEST_TITLE = 60


@transaction.atomic
def add_stage(
    organization: Organization,
    name: str,
    *,
    title: str = "",
    is_protected: bool = False,
    is_exclusive: bool = False,
    actor: Actor,
) -> Stage:
    """Add a stage after the others. Whether it is exclusive is settled for good: versions stand by that rule."""
    known = _own_stages(organization, actor=actor)
    name = checked_name(name)
    if any(stage.name == name for stage in known):
        raise Conflict(
            _("There is a stage called “{name}” already.").format(name=name), field="name"
        )
    if len(known) >= MOST_STAGES:
        raise Conflict(
            _("An organisation has {most} stages at most. Remove one first.").format(
                most=MOST_STAGES
            )
        )
    meant = AliasMove.objects.filter(
        repo__namespace=organization.namespace, alias=name, ended_at=None
    ).exclude(version=None)
    if meant.exists():
        raise Conflict(
            _("Some models have an alias called “{name}”. Choose another name.").format(name=name),
            field="name",
        )
    last = Stage.objects.filter(namespace=organization.namespace).aggregate(at=Max("position"))
    stage = Stage.objects.create(
        namespace=organization.namespace,
        name=name,
        title=_checked_title(title or name.capitalize()),
        position=last["at"] + 1,
        is_protected=is_protected,
        is_exclusive=is_exclusive,
    )
    _tell(organization, actor=actor)
    return stage


@transaction.atomic
def change_stage(
    organization: Organization,
    name: str,
    *,
    title: str | None = None,
    is_protected: bool | None = None,
    actor: Actor,
) -> Stage:
    """Call a stage something else, or protect it; ``None`` stays as it is. Letting protection go needs an owner."""
    stage = _one(_own_stages(organization, actor=actor), name)
    before = (stage.title, stage.is_protected)
    if title is not None:
        stage.title = _checked_title(title)
    if is_protected is not None:
        if stage.is_protected and not is_protected:
            _require_owner(organization, actor=actor)
        stage.is_protected = is_protected
    if (stage.title, stage.is_protected) != before:
        stage.save(update_fields=["title", "is_protected"])
        _tell(organization, actor=actor)
    return stage


@transaction.atomic
def reorder_stages(organization: Organization, names: Sequence[str], *, actor: Actor) -> None:
    """Put the stages in this order. Raises ``Invalid`` unless each of them is named once."""
    known = {stage.name: stage for stage in _own_stages(organization, actor=actor)}
    if sorted(names) != sorted(known):
        raise Invalid(
            _("Name every stage once: {stages}.").format(stages=", ".join(known)), field="names"
        )
    if list(names) == list(known):
        return
    for position, name in enumerate(names, start=1):
        known[name].position = position
    Stage.objects.bulk_update(known.values(), ["position"])
    _tell(organization, actor=actor)


@transaction.atomic
def remove_stage(organization: Organization, name: str, *, actor: Actor) -> None:
    """Do without a stage from now on. Raises ``Conflict`` while a version stands there; a protected one needs an owner."""
    known = _own_stages(organization, actor=actor)
    stage = _one(known, name)
    if stage.is_protected:
        _require_owner(organization, actor=actor)
    standing = StageMove.objects.filter(
        repo__namespace=organization.namespace, stage=name, ended_at=None
    ).count()
    if standing:
        raise Conflict(
            ngettext(
                "{count} version stands in “{stage}”. Move it elsewhere first.",
                "{count} versions stand in “{stage}”. Move them elsewhere first.",
                standing,
            ).format(count=standing, stage=stage.title)
        )
    if len(known) == 1:
        raise Conflict(_("One stage has to stay."))
    stage.delete()
    _tell(organization, actor=actor)


@transaction.atomic
def protect_alias(organization: Organization, name: str, *, actor: Actor) -> None:
    """Let an alias move by a review only, in every reviewed model. A second time changes nothing."""
    _hold(organization, actor=actor)
    name = checked_name(name, field="alias")
    known = ProtectedAlias.objects.filter(namespace=organization.namespace)
    if known.filter(name=name).exists():
        return
    if known.count() >= MOST_PROTECTED_ALIASES:
        raise Conflict(
            _("{most} aliases are protected already. Let one go first.").format(
                most=MOST_PROTECTED_ALIASES
            )
        )
    ProtectedAlias.objects.create(namespace=organization.namespace, name=name)
    _tell(organization, actor=actor)


@transaction.atomic
def unprotect_alias(organization: Organization, name: str, *, actor: Actor) -> None:
    """Let whoever maintains a model move this alias again; needs an owner. Raises ``NotFound`` for one not protected."""
    _hold(organization, actor=actor)
    _require_owner(organization, actor=actor)
    deleted, _rows = ProtectedAlias.objects.filter(
        namespace=organization.namespace, name=name
    ).delete()
    if not deleted:
        raise NotFound(_("“{name}” is not a protected alias.").format(name=name[:60]))
    _tell(organization, actor=actor)


def _hold(organization: Organization, *, actor: Actor) -> None:
    """Who may change the policy may change stages. The lock is the one that every move takes."""
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.POLICIES, actor, on=organization.namespace.name)
    hold_stages(organization.namespace)


def _require_owner(organization: Organization, *, actor: Actor) -> None:
    """Asking for less needs what a looser policy needs."""
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.SETTINGS, actor, on=organization.namespace.name)


def _own_stages(organization: Organization, *, actor: Actor) -> list[Stage]:
    """The organisation's stages as stored rows; writes the usual ones down when it has none of its own yet."""
    _hold(organization, actor=actor)
    if not Stage.objects.filter(namespace=organization.namespace).exists():
        Stage.objects.bulk_create(default_stages(organization.namespace))
    return stages_of(organization.namespace)


def _one(known: Sequence[Stage], name: str) -> Stage:
    found = next((stage for stage in known if stage.name == name), None)
    if found is None:
        raise NotFound(_("There is no stage called “{name}”.").format(name=name[:60]))
    return found


def _checked_title(title: str) -> str:
    title = " ".join(storable(title).split())
    if not title or len(title) > LONGEST_TITLE:
        raise Invalid(
            _("Call the stage something, in {most} characters at most.").format(most=LONGEST_TITLE),
            field="title",
        )
    return title


def _tell(organization: Organization, *, actor: Actor) -> None:
    namespace: Namespace = organization.namespace
    stages = stages_of(namespace)
    emit(
        StagesChanged(
            actor=actor,
            **about(organization),
            stages=[stage.name for stage in stages],
            protected=[stage.name for stage in stages if stage.is_protected],
            protected_aliases=protected_aliases(namespace),
        )
    )
