"""Policies of any layer, in force at once."""

from __future__ import annotations

from django.contrib.auth.models import Group
from django.db import transaction
from guardian.shortcuts import assign_perm

from accounts.authz.policy import Right
from accounts.namespaces.names import fold
from accounts.orgs.models import Organization
from accounts.teams.models import Team
from accounts.users.models import User
from governance.policies.actions import Wanted, put_in_force
from governance.policies.layering import Stored
from governance.policies.models import Policy
from governance.policies.places import Place
from governance.policies.queries import policy_at
from hub.core.actor import SYSTEM
from models_catalog.repos.models import Repo


def ask_for(place: Place, rules: Stored, *, preset: str = "", by: User | None = None) -> Policy:
    """The place asks for these rules from now on."""
    before = policy_at(place)
    wanted = Wanted(preset or (before.preset if before else ""), rules, "We grew.", by)
    with transaction.atomic():
        return put_in_force(place, wanted, base=before.number if before else 0, actor=SYSTEM)


def make_team_with(organization: Organization, *repos: Repo, name: str = "field") -> Team:
    """A team that was given some models."""
    group = Group.objects.create(name=f"{organization.namespace.name}:{name}")
    team = Team.objects.create(organization=organization, name=name, folded=fold(name), group=group)
    for repo in repos:
        give(team, repo)
    return team


def give(team: Team, repo: Repo) -> None:
    """The team may read the model."""
    assign_perm(Right.READ.value, team.group, repo)
