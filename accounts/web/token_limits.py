"""Where a token counts: names of models to ids when it is made, and back to names when it is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.namespaces.models import Namespace
from accounts.tokens.models import Token
from accounts.tokens.queries import scope_of
from accounts.web.words import SCOPE_TITLES
from hub.core.actor import Actor
from hub.core.errors import Invalid, NotFound
from hub.ui.parts import Text
from models_catalog.repos.models import Repo
from models_catalog.repos.queries import get_repo

MOST_MODELS = 50


@dataclass(frozen=True, slots=True)
class TokenRow:
    """A token as the list shows it: its scope in words, and the models it counts for (none named: all)."""

    token: Token
    scope: Text
    models: Sequence[str]


def repos_to_limit_to(
    names: Sequence[str], namespaces: Sequence[Namespace], *, actor: Actor
) -> list[int]:
    """The ids of these models. Raises ``Invalid`` for one that the actor cannot see or that the other limit rules out."""
    if len(names) > MOST_MODELS:
        raise Invalid(
            _("Name up to %(n)d models, or limit the token to organisations instead.")
            % {"n": MOST_MODELS},
            field="models",
        )
    return [_repo(name, namespaces, actor=actor).pk for name in names]


def _repo(full_name: str, namespaces: Sequence[Namespace], *, actor: Actor) -> Repo:
    namespace, _slash, name = full_name.strip("/").partition("/")
    try:
        repo = get_repo(namespace=namespace, name=name, actor=actor)
    except NotFound as missing:
        said = _("There is no model “%(name)s” that you can see.") % {"name": full_name}
        raise Invalid(said, field="models") from missing
    if namespaces and repo.namespace_id not in {each.pk for each in namespaces}:
        said = _(
            "%(name)s does not belong to what you chose above, so the token could never use it."
        )
        raise Invalid(said % {"name": full_name}, field="models")
    return repo


def token_rows(tokens: Sequence[Token], *, actor: Actor) -> list[TokenRow]:
    """The tokens with the names of their models, in one query however many there are."""
    ids = {pk for token in tokens for pk in token.repos}
    found = Repo.objects.visible_to(actor).select_related("namespace").filter(pk__in=ids)
    names = {repo.pk: repo.full_name for repo in found}
    gone = _("a model that you no longer see")
    return [
        TokenRow(
            token=token,
            scope=SCOPE_TITLES.get(scope_of(token), _("Chosen rights")),
            models=[names.get(pk, gone) for pk in token.repos],
        )
        for token in tokens
    ]
