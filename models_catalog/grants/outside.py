"""Outside collaborators: people who hold roles on single models of an organisation and none in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet, Window
from django.db.models.functions import Lower, RowNumber
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authz.policy import RepoRole, Right
from accounts.authz.queries import require_right
from accounts.namespaces.names import fold
from accounts.orgs.models import Organization, RoleGroup
from accounts.orgs.queries import organization_rights
from accounts.users.models import User, UserKind
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of
from models_catalog.grants.actions import close_grant
from models_catalog.grants.models import Grant
from models_catalog.repos.models import Repo
from models_catalog.repos.standing import hold_repo

SHOWN = 3


@dataclass(frozen=True, slots=True)
class Held:
    """What one person holds: on how many models, and the newest few of these."""

    models: int
    newest: Sequence[Grant]


def outside_page(
    organization: Organization, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[User]:
    """Outside collaborators by name, for those who manage members; the suspended are among them."""
    _require_members(organization, actor)
    rows = _outside(organization).annotate(sort_name=Lower("username"))
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def get_outsider(organization: Organization, name: str, *, actor: Actor) -> User:
    """One of them. Raises ``NotFound``."""
    _require_members(organization, actor)
    found = _outside(organization).filter(namespace__folded=fold(name)).first()
    if found is None:
        raise NotFound
    return found


def held_by(organization: Organization, people: Collection[User]) -> Mapping[int, Held]:
    """What some people hold on the models of an organisation, by their ids: two queries however much it is."""
    theirs = _in_force(organization).filter(user__in=people)
    counts = dict(
        theirs.values_list("user").annotate(models=Count("repo", distinct=True)).order_by()
    )
    place = Window(RowNumber(), partition_by=[F("user")], order_by=F("pk").desc())
    newest = defaultdict(list)
    rows = theirs.annotate(place=place).filter(place__lte=SHOWN).select_related("repo__namespace")
    for grant in rows.order_by("user", "-pk"):
        newest[grant.user_id].append(grant)
    return {
        person.pk: Held(models=counts.get(person.pk, 0), newest=newest[person.pk])
        for person in people
    }


@transaction.atomic
def remove_outsider(organization: Organization, person: User, *, actor: Actor) -> int:
    """End every role that somebody holds on single models of the organisation, all or none; answers how many.

    Roles as a security reviewer are ended by owners only, as everywhere. Raises ``NotFound`` when nothing is held.
    """
    rights = _require_members(organization, actor)
    mine = Grant.objects.filter(user=person, repo__namespace=organization.namespace_id)
    if mine.filter(role=RepoRole.SECURITY_REVIEWER.value).exists():
        require_right(rights, Right.SETTINGS, actor, on=organization.namespace.name)
    ended = 0
    # One repo after the other by id, so that two who remove people never wait for each other.
    for repo_id in mine.order_by("repo").values_list("repo", flat=True).distinct():
        repo = hold_repo(Repo(pk=repo_id))
        for grant in mine.filter(repo=repo).select_related("user").order_by("pk"):
            close_grant(
                grant, repo, actor=actor, reason=_("Removed from every model of the organisation.")
            )
            ended += 1
    if not ended:
        raise NotFound(_("{name} holds nothing here.").format(name=person.username))
    return ended


def _outside(organization: Organization) -> QuerySet[User]:
    members = RoleGroup.objects.filter(organization=organization)
    return User.objects.filter(
        pk__in=_in_force(organization).filter(user__isnull=False).values("user"),
        kind=UserKind.PERSON,
    ).exclude(
        pk__in=User.groups.through.objects.filter(group__in=members.values("group")).values("user")
    )


def _in_force(organization: Organization) -> QuerySet[Grant]:
    today = timezone.localdate()
    return Grant.objects.filter(
        Q(expires_on=None) | Q(expires_on__gte=today),
        repo__namespace=organization.namespace_id,
    )


def _require_members(organization: Organization, actor: Actor) -> frozenset[Right]:
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=organization.namespace.name)
    return rights
