"""How an organisation governs, in figures that everybody may read: as far as they may know of its models."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.utils import timezone

from accounts.authz.policy import ROLE_RIGHTS, Role
from accounts.namespaces.models import Namespace
from accounts.orgs.models import Organization, RoleGroup
from accounts.users.models import User
from governance.policies.rules.verdicts import Verdicts
from governance.reviews.people import DECIDING
from governance.reviews.queues.queries import decided_in, pace_of
from governance.reviews.requests.models import CheckWaiver
from governance.scanning.models import Waiver
from hub.core.actor import Actor
from models_catalog.repos.models import Repo, RepoQuerySet

SPANS = (30, 90)  # days
MOST_NAMED = 12


@dataclass(frozen=True, slots=True)
class Span:
    """What was decided in the last ``days``; ``took`` is the median."""

    days: int
    decided: int
    took: timedelta | None


def spans_of(namespace: Namespace, *, actor: Actor) -> list[Span]:
    """How many changes and requests were decided or closed in the last 30 and 90 days, and how long that took."""
    return [_span(namespace, days, actor=actor) for days in SPANS]


def _span(namespace: Namespace, days: int, *, actor: Actor) -> Span:
    decided = decided_in(namespace).filter(repo__in=_shown(namespace, actor).values("pk"))
    pace = pace_of(decided, within=timedelta(days=days))
    return Span(days, pace.decided, pace.median)


def withdrawals_in(namespace: Namespace, *, actor: Actor) -> RepoQuerySet:
    """The models that were taken back, as far as the actor may know of them; ``successor`` needs ``known_successors``."""
    shown = _shown(namespace, actor).filter(withdrawn_at__isnull=False)
    return shown.select_related("namespace", "successor__namespace", "withdrawn_by")


def known_successors(repos: Sequence[Repo], *, actor: Actor) -> Mapping[int, Repo]:
    """The successors of some models that the actor may know of, by the ids of the models."""
    wanted = [repo.successor_id for repo in repos if repo.successor_id is not None]
    rows = Repo.objects.visible_to(actor).filter(pk__in=wanted).select_related("namespace")
    known = {repo.pk: repo for repo in rows}
    return {repo.pk: known[repo.successor_id] for repo in repos if repo.successor_id in known}


def waivers_in_force(namespace: Namespace, *, actor: Actor) -> dict[str, int]:
    """How many waivers there are for each rule, by its id; those for single files belong to the rule on verdicts."""
    now, shown = timezone.now(), _shown(namespace, actor).values("pk")
    counts: Counter[str] = Counter()
    checks = CheckWaiver.objects.filter(repo__in=shown, expires_at__gt=now)
    for rule, number in checks.values_list("rule").annotate(number=Count("pk")).order_by("rule"):
        counts[rule] += number
    files = Waiver.objects.filter(repo__in=shown, expires_at__gt=now).count()
    if files:
        counts[Verdicts.id] += files
    return dict(counts)


def reviewing_roles(organization: Organization) -> list[tuple[Role, int]]:
    """How many active people hold each of the roles that may decide."""
    held = RoleGroup.objects.filter(organization=organization).annotate(
        people=Count("group__user", filter=Q(group__user__is_active=True))
    )
    people = dict(held.values_list("role", "people"))
    return [
        (role, people[role.value])
        for role in Role
        if ROLE_RIGHTS[role] & set(DECIDING) and people.get(role.value)
    ]


def reviewers_of(organization: Organization) -> list[User]:
    """The first of those who may decide, by name; who belongs to an organisation is public."""
    roles = [role.value for role in Role if ROLE_RIGHTS[role] & set(DECIDING)]
    held = RoleGroup.objects.filter(organization=organization, role__in=roles)
    people = User.objects.filter(is_active=True, groups__in=held.values("group"))
    return list(people.distinct().order_by("username")[:MOST_NAMED])


def _shown(namespace: Namespace, actor: Actor) -> RepoQuerySet:
    shown: RepoQuerySet = Repo.objects.visible_to(actor).filter(namespace=namespace)
    return shown
