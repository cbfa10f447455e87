"""Asking the hub's own reviewers, for organisations that have too few people."""

from __future__ import annotations

from django.db import transaction
from django.db.models import QuerySet

from accounts.authz.policy import Right
from accounts.users.models import User
from governance.reviews.events import CommunityAsked
from governance.reviews.gathering import standings_of
from governance.reviews.people import Bench
from governance.reviews.subjects import CLOSED
from hub.core.actor import Actor
from hub.core.errors import Conflict, Forbidden
from hub.core.events import emit
from models_catalog.changes.actions import add_comment, hold_change
from models_catalog.changes.models import Change
from models_catalog.changes.queries import OPEN_STATES
from models_catalog.grants.actions import let_in
from models_catalog.repos.models import Repo, RepoUserPermission
from models_catalog.repos.queries import require_repo_right
from models_catalog.repos.standing import hold_repo, require_active

MOST_ASKED = 50
ASKING = "Too few people here may review this change, so the hub’s reviewers are asked to stand in."


def stand_ins(bench: Bench) -> QuerySet[User]:
    """The hub's reviewers who had no part in the change."""
    people = User.objects.filter(is_active=True, is_community_reviewer=True)
    return people.exclude(pk__in=bench.makers).order_by("pk")


def is_asked(repo: Repo) -> bool:
    """Whether the hub's reviewers have been let in to this model."""
    stand_ins = RepoUserPermission.in_force.filter(content_object=repo, is_stand_in=True)
    return stand_ins.filter(user__is_community_reviewer=True).exists()


@transaction.atomic
def ask_community(change: Change, *, actor: Actor) -> int:
    """Let the hub's reviewers see the model and find the change in their queue; answers how many.

    Only where the organisation cannot give the approvals itself. A second time changes nothing.
    """
    require_repo_right(change.repo, Right.WRITE, actor=actor)
    repo = hold_repo(change.repo)  # grants of a model are written one after the other
    require_active(repo, actor=actor)
    change = hold_change(change)
    if change.discussion.state not in OPEN_STATES:
        raise Conflict(CLOSED)
    bench = standings_of([change])[change.pk].bench
    if not bench.is_too_small:
        raise Forbidden(f"{change.repo.namespace.name} has enough reviewers of its own.")
    if is_asked(change.repo):
        return 0
    people = list(stand_ins(bench)[:MOST_ASKED])
    if not people:
        raise Conflict("This hub has no reviewers who could stand in. Invite a second person.")
    let_in(change.repo, people, actor=actor)
    add_comment(change.discussion, body=ASKING, actor=actor)
    emit(
        CommunityAsked(
            actor=actor,
            repo=change.repo,
            change=change,
            number=change.discussion.number,
            asked=len(people),
            concerns=tuple(person.pk for person in people),
        )
    )
    return len(people)
