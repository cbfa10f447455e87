"""What joining a team opens."""

from __future__ import annotations

from accounts.authz.policy import RepoRole, Right
from accounts.authz.queries import require_right
from accounts.orgs.queries import organization_rights
from accounts.teams.events import TeamMemberAdded
from models_catalog.grants.models import Grant


def require_may_let_in(event: TeamMemberAdded) -> None:
    """Refuse an admin who puts somebody into a team that reviews security somewhere.

    Security reviewers are made by owners only; a team must be no way round that, least of all for oneself.
    """
    team = event.team
    if Grant.objects.filter(group=team.group, role=RepoRole.SECURITY_REVIEWER.value).exists():
        rights = organization_rights(team.organization, actor=event.actor)
        require_right(rights, Right.SETTINGS, event.actor, on=team.organization.namespace.name)
