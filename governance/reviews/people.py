"""Who may decide on a change, and in which role."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from accounts.authz.policy import Right
from accounts.orgs.models import OrganizationGroupPermission, OrganizationUserPermission
from accounts.users.models import User, UserKind
from models_catalog.repos.models import Repo, RepoGroupPermission, RepoUserPermission

DECIDING = (Right.REVIEW, Right.SECURITY)

Held = Mapping[int, frozenset[Right]]  # by the person's id


@dataclass(frozen=True, slots=True)
class Bench:
    """The people who may decide on one change, without those who made it.

    ``reviewers`` and ``security`` hold the right by a role in the organisation or by a grant on the model.
    ``needed`` and ``needed_security`` is what the policy asks for.
    """

    reviewers: frozenset[int]
    security: frozenset[int]
    makers: frozenset[int]
    needed: int
    needed_security: int

    @property
    def is_too_small(self) -> bool:
        """Whether the organisation cannot give the approvals by itself, so that stand-ins of the hub may."""
        return len(self.reviewers) < max(self.needed, 1)

    @property
    def lacks_security(self) -> bool:
        """Whether nobody in the organisation can give the approval for security."""
        return len(self.security) < self.needed_security

    def seats(self, person: User) -> bool:
        """Whether an approval by this person counts."""
        if person.pk in self.makers or not person.is_active or person.is_robot:
            return False
        if person.pk in self.reviewers:
            return True
        if person.is_community_reviewer and self.is_too_small:
            return True
        return person.is_instance_security and (self.is_too_small or self.lacks_security)

    def seats_for_security(self, person: User) -> bool:
        """Whether it counts as the one for security."""
        return self.seats(person) and (person.pk in self.security or person.is_instance_security)


def bench_of(
    held: Held, makers: frozenset[int], *, needed: int = 0, needed_security: int = 0
) -> Bench:
    """The bench of a change from the rights that people hold on its model."""
    return Bench(
        reviewers=frozenset(held) - makers,
        security=frozenset(pk for pk, rights in held.items() if Right.SECURITY in rights) - makers,
        makers=makers,
        needed=needed,
        needed_security=needed_security,
    )


def deciding_rights(repos: Iterable[Repo]) -> dict[int, Held]:
    """Every active person who may decide about each of the repos (by id): four queries, however many repos."""
    wanted = {repo.pk: repo.namespace_id for repo in repos}
    by_namespace = _by_role(set(wanted.values()))
    by_repo = _by_grant(set(wanted))
    return {
        repo_id: {
            person: frozenset(by_namespace[namespace_id][person] | by_repo[repo_id][person])
            for person in by_namespace[namespace_id].keys() | by_repo[repo_id].keys()
        }
        for repo_id, namespace_id in wanted.items()
    }


Table = dict[int, dict[int, set[Right]]]


def _by_role(namespaces: set[int]) -> Table:
    within = {
        "content_object__namespace_id__in": namespaces,
        "permission__codename__in": [right.value for right in DECIDING],
    }
    roles = OrganizationGroupPermission.objects.filter(
        group__user__is_active=True, group__user__kind=UserKind.PERSON, **within
    )
    direct = OrganizationUserPermission.objects.filter(
        user__is_active=True, user__kind=UserKind.PERSON, **within
    )
    where, right = "content_object__namespace_id", "permission__codename"
    return _table(
        [
            *roles.values_list(where, "group__user", right),
            *direct.values_list(where, "user", right),
        ]
    )


def _by_grant(repos: set[int]) -> Table:
    within = {
        "content_object_id__in": repos,
        "permission__codename__in": [right.value for right in DECIDING],
    }
    teams = RepoGroupPermission.in_force.filter(
        group__user__is_active=True, group__user__kind=UserKind.PERSON, **within
    )
    direct = RepoUserPermission.in_force.filter(
        user__is_active=True, user__kind=UserKind.PERSON, **within
    )
    where, right = "content_object_id", "permission__codename"
    return _table(
        [
            *teams.values_list(where, "group__user", right),
            *direct.values_list(where, "user", right),
        ]
    )


def _table(rows: Sequence[tuple[int, int, str]]) -> Table:
    table: Table = defaultdict(lambda: defaultdict(set))
    for where, person, codename in rows:
        table[where][person].add(Right(codename))
    return table
