"""Reading the grants of a repo."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.authz.policy import ROLE_TITLES, Right, Role
from accounts.orgs.models import RoleGroup
from accounts.teams.models import Team
from accounts.teams.queries import get_team
from accounts.users.models import User
from accounts.users.queries import get_user
from hub.core.actor import Actor
from hub.core.errors import Invalid, NotFound
from hub.core.pagination import Page, page_of
from models_catalog.grants.models import STAND_IN, Grant
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import require_repo_right


def grants_of(repo: Repo) -> QuerySet[Grant]:
    """Every grant of the repo with its holder, in the order in which they were first given."""
    rows = Grant.objects.filter(repo=repo).select_related(
        "user__namespace", "group__team", "granted_by"
    )
    return rows.order_by("pk")


def grant_page(
    repo: Repo, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Grant]:
    """Grants for those who manage the repo, the oldest first. Raises ``Forbidden`` for others."""
    require_repo_right(repo, Right.MANAGE, actor=actor)
    return page_of(grants_of(repo), keys=("id",), cursor=cursor, size=size)


def get_grant(repo: Repo, grant_id: int, *, actor: Actor) -> Grant:
    """One grant, for those who manage the repo and for its own holder. Raises ``NotFound`` or ``Forbidden``."""
    found = grants_of(repo).filter(pk=grant_id).first() if grant_id < 2**63 else None
    if found is not None and found.user_id is not None and found.user_id == actor.user_id:
        return found
    require_repo_right(repo, Right.MANAGE, actor=actor)
    if found is None:
        raise NotFound(_("There is no such role on this model."))
    return found


def own_grant(repo: Repo, *, actor: Actor) -> Grant | None:
    """The role that the actor was given in person."""
    if actor.user is None:
        return None
    return grants_of(repo).filter(user=actor.user).exclude(role=STAND_IN).first()


def role_counts(repo: Repo) -> list[tuple[str, int]]:
    """How many active members hold each role in the repo's organisation, the widest first; nothing for a person's repo."""
    active = Count("group__user", filter=Q(group__user__is_active=True))
    groups = RoleGroup.objects.filter(organization__namespace=repo.namespace_id)
    counted = dict(groups.annotate(people=active).values_list("role", "people"))
    return [(str(ROLE_TITLES[role]), counted[role]) for role in Role if counted.get(role)]


def holder_named(kind: str, name: str, *, repo: Repo) -> User | Team:
    """The person, or the team of the repo's organisation, of this name. Raises ``Invalid`` about ``to``."""
    try:
        if kind == "person":
            return get_user(name)
        if repo.namespace.is_organization:
            return get_team(repo.namespace.organization, name.strip())
    except NotFound as error:
        if kind == "person":
            raise Invalid(error.message, field="to") from error
    raise Invalid(
        _("{owner} has no team called “{name}”.").format(owner=repo.namespace.name, name=name),
        field="to",
    )
