"""Finding service accounts, and the people who stand behind them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from accounts.authz.policy import Right
from accounts.authz.queries import require_right
from accounts.namespaces.names import fold
from accounts.orgs.models import Organization
from accounts.orgs.queries import organization_rights
from accounts.robots.models import FormerResponsible, ServiceAccount
from accounts.tokens.models import Token
from accounts.users.models import User, UserKind
from hub.core.actor import Actor
from hub.core.errors import NotFound
from hub.core.pagination import Page, page_of

# How long somebody stays behind a robot after their token or their responsibility ended: longer than reviews take.
REMEMBERED = timedelta(days=90)


def people_behind(user_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """For each robot the people who may have been at work in its name; nobody for people.

    Those who answer for it and those who made tokens for it, now or within the last 90 days: what they pushed through
    it they made themselves, and handing the robot on changes nothing about that. Three queries, however many.
    """
    since = timezone.now() - REMEMBERED
    behind: dict[int, set[int]] = defaultdict(set)
    accounts = ServiceAccount.objects.filter(user__in=user_ids)
    former = FormerResponsible.objects.filter(account__user__in=user_ids, until__gte=since)
    tokens = Token.objects.filter(
        Q(revoked_at=None) | Q(revoked_at__gte=since),
        Q(expires_at=None) | Q(expires_at__gte=since),
        user__in=user_ids,
        user__kind=UserKind.ROBOT,
        created_by__isnull=False,
    )
    rows = (
        *accounts.values_list("user_id", "responsible_id"),
        *former.values_list("account__user_id", "person_id"),
        *tokens.values_list("user_id", "created_by_id"),
    )
    for robot, person in rows:
        if person is not None:
            behind[robot].add(person)
    return {pk: frozenset(behind[pk]) for pk in user_ids}


def get_robot(organization: Organization, name: str, *, actor: Actor) -> ServiceAccount:
    """The service account of this name, for those who manage members. Raises ``NotFound``."""
    found = _managed(organization, actor).filter(user__namespace__folded=fold(name)).first()
    if found is None:
        raise NotFound
    return found


def robot_page(
    organization: Organization, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[ServiceAccount]:
    """The service accounts of an organisation by name, for those who manage members."""
    rows = _managed(organization, actor).annotate(sort_name=Lower("user__username"))
    return page_of(rows, keys=("sort_name", "id"), cursor=cursor, size=size)


def live_tokens_of(accounts: Collection[ServiceAccount]) -> dict[int, int]:
    """How many tokens of each of some service accounts work, by the accounts' ids, in one query."""
    live = Token.objects.filter(
        Q(expires_at=None) | Q(expires_at__gt=timezone.now()),
        user__service_account__in=accounts,
        revoked_at=None,
    )
    rows = live.values_list("user__service_account").annotate(number=Count("pk"))
    return dict(rows.order_by())


def _managed(organization: Organization, actor: Actor) -> QuerySet[ServiceAccount]:
    rights = organization_rights(organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=organization.namespace.name)
    return ServiceAccount.objects.select_related(
        "user", "organization__namespace", "responsible", "created_by"
    ).filter(organization=organization)


def is_robot_of(user: User, organization: Organization) -> bool:
    """Whether ``user`` is a service account of exactly this organisation."""
    return (
        user.is_robot
        and ServiceAccount.objects.filter(user=user, organization=organization).exists()
    )


def robot_token_page(
    account: ServiceAccount, *, actor: Actor, cursor: str | None = None, size: int = 30
) -> Page[Token]:
    """The tokens of a service account that have not been revoked, the newest first."""
    rows = _tokens(account, actor)
    return page_of(rows, keys=("-id",), cursor=cursor, size=size)


def get_robot_token(account: ServiceAccount, token_id: int, *, actor: Actor) -> Token:
    """One of them. Raises ``NotFound``."""
    found = _tokens(account, actor).filter(pk=token_id).first()
    if found is None:
        raise NotFound
    return found


def _tokens(account: ServiceAccount, actor: Actor) -> QuerySet[Token]:
    rights = organization_rights(account.organization, actor=actor)
    require_right(rights, Right.MEMBERS, actor, on=account.organization.namespace.name)
    return (
        Token.objects.filter(user=account.user_id, revoked_at=None)
        .select_related("created_by")
        .prefetch_related("namespaces")
    )
