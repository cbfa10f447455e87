"""May somebody do this here, and if not: what is missing, and who can give it."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.authz.policy import (
    REPO_RIGHTS,
    REPO_ROLE_RIGHTS,
    REPO_ROLE_TITLES,
    RIGHT_TITLES,
    Right,
)
from accounts.authz.queries import limited
from accounts.orgs.queries import people_with_right
from accounts.users.models import User, UserKind
from hub.core.actor import Actor
from hub.core.errors import DomainError
from models_catalog.grants.sources import Source, explained_rights
from models_catalog.repos.models import Repo
from models_catalog.repos.standing import require_active

MOST_NAMED = 5
CHANGING = (Right.WRITE, Right.MANAGE, Right.REVIEW)  # what a model that stands still does not take


@dataclass(frozen=True, slots=True)
class Reason:
    """Whether somebody may, every place that the right comes from, and else a sentence that says what is missing.

    ``obstacle`` is why it does nothing at present although they may: the model is archived or withdrawn.
    """

    right: Right
    is_allowed: bool
    sources: tuple[Source, ...]
    why_not: str = ""
    obstacle: str = ""

    @property
    def title(self) -> str:
        """The right in words."""
        return str(RIGHT_TITLES[self.right])


def explain(repo: Repo, *, actor: Actor) -> list[Reason]:
    """An answer for each right on models; as many queries for a stranger as for an owner of everything."""
    sources = explained_rights(repo, actor.user)
    may_see = Repo.objects.visible_to(actor).filter(pk=repo.pk).exists()
    named = {right: _who_can_give(repo, right, actor) for right in (Right.MANAGE, Right.SETTINGS)}
    halted = _halted(repo, actor)
    found = []
    for right in REPO_RIGHTS:
        held = tuple(source for source in sources if source.right == right)
        givers = named[Right.SETTINGS if right is Right.SECURITY else Right.MANAGE]
        is_seen = may_see and right is Right.READ
        why_not = "" if is_seen else _why_not(repo, right, held, actor=actor, givers=givers)
        obstacle = halted if right in CHANGING and not why_not else ""
        found.append(Reason(right, not why_not, held, why_not, obstacle))
    return found


def why_not(repo: Repo, right: Right, actor: Actor) -> str:
    """Why the actor may not: what is missing, who can give it, or that it is the token that lacks it. Else nothing."""
    return next(each.why_not for each in explain(repo, actor=actor) if each.right == right)


def _why_not(
    repo: Repo, right: Right, held: tuple[Source, ...], *, actor: Actor, givers: str
) -> str:
    if actor.user is None:
        return _("Nobody is signed in: this needs an account.")
    if not actor.user.is_active:
        return _("The account of {name} is suspended.").format(name=actor.user.username)
    if not held:
        return _(
            "It needs the right “{right}”, which comes with these roles: {roles}. {givers}"
        ).format(right=RIGHT_TITLES[right], roles=_roles_with(right), givers=givers)
    if limited({right}, actor, namespace_id=repo.namespace_id, repo_id=repo.pk):
        return (
            _("It has not been released: until then it is open to those who work on it alone.")
            if right is Right.READ
            else ""
        )
    return _what_the_token_lacks(repo, right, actor)


def _what_the_token_lacks(repo: Repo, right: Right, actor: Actor) -> str:
    if actor.rights is not None and right not in actor.rights:
        said = _(
            "{name} may, but this token may not: it was made without the right “{right}”. Use one with a wider scope."
        )
    elif actor.namespaces is not None and repo.namespace_id not in actor.namespaces:
        said = _("{name} may, but this token does not count for the models of {owner}.")
    else:
        said = _("{name} may, but this token does not count for this model.")
    name = actor.user.username if actor.user else ""
    return said.format(name=name, right=RIGHT_TITLES[right], owner=repo.namespace.name)


def _roles_with(right: Right) -> str:
    return ", ".join(
        str(title) for role, title in REPO_ROLE_TITLES.items() if right in REPO_ROLE_RIGHTS[role]
    )


def _who_can_give(repo: Repo, right: Right, actor: Actor) -> str:
    """Some of those whose role in the organisation lets them, by name: members are public, holders of grants are not."""
    people = _givers(repo, right, actor)
    names = [person.username for person in people[:MOST_NAMED]]
    if not names:
        return _("Nobody else here can give it.")
    if len(people) > MOST_NAMED:
        return _("These and others can give it: {names}.").format(names=", ".join(names))
    return _("Who can give it: {names}.").format(names=", ".join(names))


def _givers(repo: Repo, right: Right, actor: Actor) -> list[User]:
    if repo.namespace.is_organization:
        people = people_with_right(right, organization=repo.namespace.organization)
    else:
        people = User.objects.filter(namespace=repo.namespace_id, is_active=True)
    others = people.filter(kind=UserKind.PERSON).exclude(pk=actor.user_id or 0)
    return list(others.order_by("username")[: MOST_NAMED + 1])


def _halted(repo: Repo, actor: Actor) -> str:
    try:
        require_active(repo, actor=actor)
    except DomainError as refused:
        return refused.message
    return ""
