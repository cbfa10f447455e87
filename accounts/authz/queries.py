"""Cutting a person's rights down to what the means in use may exercise, and refusing what is missing."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.authz.policy import RIGHT_TITLES, Right
from hub.core.actor import Actor, Means
from hub.core.errors import Forbidden, SignInRequired


def limited(
    rights: Iterable[Right], actor: Actor, *, namespace_id: int, repo_id: int | None = None
) -> frozenset[Right]:
    """``rights`` less what the actor's token was not given: by right, by namespace, by repo."""
    if actor.namespaces is not None and namespace_id not in actor.namespaces:
        return frozenset()
    if actor.repos is not None and repo_id not in actor.repos:
        return frozenset()
    if actor.rights is None:
        return frozenset(rights)
    return frozenset(right for right in rights if right in actor.rights)


def require_right(rights: frozenset[Right], right: Right, actor: Actor, *, on: str) -> None:
    """Raise ``SignInRequired`` or ``Forbidden`` with a sentence that names the missing right."""
    if right in rights:
        return
    require_person(actor)
    raise Forbidden(
        _("You may not do this: it needs the right “{right}” on {on}.").format(
            right=RIGHT_TITLES[right], on=on
        )
    )


def require_person(actor: Actor) -> None:
    """Raise ``SignInRequired`` for strangers."""
    if not actor.is_person:
        raise SignInRequired(_("Sign in first: this needs an account."))


def require_means(
    actor: Actor, right: Right, *, namespace_id: int, repo_id: int | None = None
) -> None:
    """Refuse a token that lacks ``right`` there, for what every person may do in their own affairs.

    Answering an invitation and leaving need no right of the person, but no leaked read token should do them.
    """
    require_person(actor)
    if not limited({right}, actor, namespace_id=namespace_id, repo_id=repo_id):
        raise Forbidden(
            _("This token may not do this: it lacks the right “{right}”.").format(
                right=RIGHT_TITLES[right]
            )
        )


def require_no_token(actor: Actor, *, to: str) -> None:
    """Refuse tokens where only the person may act: a leaked token must not breed others or take the account over."""
    require_person(actor)
    if actor.means is Means.TOKEN:
        raise Forbidden(
            _("A token may not {to}. Sign in to the hub in a browser instead.").format(to=to)
        )
