"""Giving roles on one model to people and teams, changing and ending them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TypedDict

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import RepoRole, Right
from accounts.authz.queries import require_means
from accounts.robots.queries import is_robot_of
from accounts.teams.models import Team
from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden, Invalid, NotFound
from hub.core.events import emit
from models_catalog.grants.events import GrantChanged, GrantEnded, GrantGiven
from models_catalog.grants.models import STAND_IN, Grant
from models_catalog.grants.spreading import spread
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right
from models_catalog.repos.standing import hold_repo, require_active

BATCH = 500


class _Told(TypedDict):
    actor: Actor
    repo: Repo
    to: str
    role: str
    expires: str
    concerns: tuple[int, ...]


@transaction.atomic
def grant_repo(
    repo: Repo,
    to: User | Team,
    *,
    role: str,
    actor: Actor,
    expires_on: date | None = None,
    is_new: bool = False,
) -> Grant:
    """Let somebody hold ``role`` on the repo, in place of the one they had; the same again changes nothing.

    ``is_new``: the caller believes that they hold none. Raises ``Conflict`` when they do, ``Forbidden``, ``Invalid``.
    """
    repo = hold_repo(repo)  # of two who change the same access one sees what the other did
    chosen = repo_role_named(role)
    require_may_grant(repo, chosen, actor=actor)
    require_active(repo, actor=actor)
    _check(repo, to, chosen, actor=actor)
    if expires_on is not None and expires_on < timezone.localdate():
        raise Invalid(_("That day has passed. Choose today or a later one."), field="expires_on")
    holder = {"user": to} if isinstance(to, User) else {"group": to.group}
    grant = Grant.objects.filter(repo=repo, **holder).exclude(role=STAND_IN).first()
    if grant is None:
        grant = Grant(repo=repo, role=chosen.value, **holder)
    elif is_new:
        raise Conflict(
            _("{name} has a role on this model already. Change it in the list.").format(
                name=grant.holder
            ),
            field="to",
        )
    return _write(grant, chosen, expires_on, actor=actor)


@transaction.atomic
def change_grant(grant: Grant, *, role: str, expires_on: date | None, actor: Actor) -> Grant:
    """Another role, or another last day, for whoever has one. Raises ``NotFound`` when it has been ended meanwhile."""
    hold_repo(grant.repo)
    found = Grant.objects.select_related("user", "group__team__organization").filter(pk=grant.pk)
    stands = found.exclude(role=STAND_IN).first()
    if stands is None:
        raise NotFound(_("There is no such role on this model."))
    to = stands.user if stands.user is not None else stands.group and stands.group.team
    assert isinstance(to, User | Team)
    return grant_repo(grant.repo, to, role=role, expires_on=expires_on, actor=actor)


def _write(grant: Grant, role: RepoRole, expires_on: date | None, *, actor: Actor) -> Grant:
    previous = Grant.objects.filter(pk=grant.pk).first()
    if previous is not None:
        require_may_grant(grant.repo, RepoRole(previous.role), actor=actor)
        if (previous.role, previous.expires_on) == (role.value, expires_on):
            return grant
    grant.role, grant.expires_on = role.value, expires_on
    grant.granted_by, grant.granted_at = actor.user, timezone.now()
    grant.save()
    spread(grant)
    told = _Told(
        actor=actor,
        repo=grant.repo,
        to=grant.holder,
        role=role.value,
        expires=expires_on.isoformat() if expires_on else "",
        concerns=_concerned(grant),
    )
    emit(GrantChanged(previous=previous.role, **told) if previous else GrantGiven(**told))
    return grant


@transaction.atomic
def end_grant(grant: Grant, *, actor: Actor) -> None:
    """Take a role on the model away; a second time changes nothing. People may lay down their own."""
    repo = hold_repo(grant.repo)
    found = Grant.objects.select_related("user", "group__team").filter(pk=grant.pk).first()
    if actor.user_id is not None and grant.user_id == actor.user_id:
        require_means(actor, Right.MANAGE, namespace_id=repo.namespace_id, repo_id=repo.pk)
    else:
        require_may_grant(repo, grant.repo_role, actor=actor)
    if found is not None:
        close_grant(found, repo, actor=actor)


def close_grant(grant: Grant, repo: Repo, *, actor: Actor, reason: str = "") -> None:
    """End a grant of a repo that is held. The caller has asked whether the actor may."""
    Grant.objects.filter(pk=grant.pk).delete()
    spread(grant)
    emit(
        GrantEnded(
            actor=actor,
            repo=repo,
            to=grant.holder,
            role=grant.role,
            reason=reason,
            concerns=_concerned(grant),
        )
    )


def end_expired_grants(*, actor: Actor) -> int:
    """Clear away what has expired, and write it into the record; it gave nothing any more. Answers how many."""
    expired = Grant.objects.filter(expires_on__lt=timezone.localdate())
    ended = 0
    for pk, repo_id in expired.order_by("pk").values_list("pk", "repo_id")[:BATCH]:
        with transaction.atomic():
            repo = hold_repo(Repo(pk=repo_id))
            grant = expired.select_related("user", "group__team").filter(pk=pk).first()
            if grant is not None:  # nobody has prolonged or ended it meanwhile
                close_grant(grant, repo, actor=actor, reason=_("Its last day has passed."))
                ended += 1
    return ended


def let_in(repo: Repo, people: Iterable[User], *, actor: Actor) -> None:
    """Let reviewers of the hub see a model before its release, as its insiders do, so that they can stand in.

    The caller has asked whether the actor may, holds the repo, and emits the event.
    """
    for person in people:
        grant, is_new = Grant.objects.get_or_create(
            repo=repo, user=person, role=STAND_IN, defaults={"granted_by": actor.user}
        )
        if is_new:
            spread(grant)


def repo_role_named(role: str) -> RepoRole:
    """The role of this name. Raises ``Invalid`` about ``role``."""
    try:
        return RepoRole(role)
    except ValueError as error:
        raise Invalid(
            _("“{role}” is not a role on a model.").format(role=role), field="role"
        ) from error


def require_may_grant(repo: Repo, role: RepoRole | None, *, actor: Actor) -> None:
    """Refuse those who may not give or end ``role`` here.

    Security reviewers open what scanning blocked, so only those make them who answer for the whole organisation.
    """
    require_repo_right(repo, Right.MANAGE, actor=actor)
    if role is RepoRole.SECURITY_REVIEWER:
        require_repo_right(repo, Right.SETTINGS, actor=actor)


def _concerned(grant: Grant) -> tuple[int, ...]:
    return () if grant.user_id is None else (grant.user_id,)


def _check(repo: Repo, to: User | Team, role: RepoRole, *, actor: Actor) -> None:
    if isinstance(to, Team):
        if to.organization.namespace_id != repo.namespace_id:
            raise Invalid(_("That is a team of another organisation."), field="to")
        return
    if to.pk == actor.user_id:
        raise Forbidden(
            _("Nobody gives themselves a role on a model. Ask somebody else who manages it."),
            field="to",
        )
    if to.is_robot and not (
        repo.namespace.is_organization and is_robot_of(to, repo.namespace.organization)
    ):
        raise Invalid(
            _("{name} is a service account of another organisation.").format(name=to.username),
            field="to",
        )
    if to.is_robot and role in (RepoRole.REVIEWER, RepoRole.SECURITY_REVIEWER):
        raise Invalid(
            _("A service account decides about nothing. Choose another role."), field="role"
        )
