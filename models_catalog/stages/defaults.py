"""The stages of whoever has not defined their own, and the words that no stage and no alias may be."""

from __future__ import annotations

import re
from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.namespaces.models import Namespace
from hub.core.errors import Invalid
from models_catalog.stages.models import Stage

ARCHIVED = "archived"  # where a version goes that another one takes the place of
MOST_STAGES = 12
MOST_PROTECTED_ALIASES = 50
_RESERVED = frozenset({"main", "head", "refs", "heads", "tags", "latest", "newest", "none"})


def default_stages(namespace: Namespace) -> Sequence[Stage]:
    """Candidate, staging, production, archived: as they would be written down (not stored)."""
    rows = (
        ("candidate", _("Candidate"), False, False),
        ("staging", _("Staging"), True, False),
        ("production", _("Production"), True, True),
        (ARCHIVED, _("Archived"), False, False),
    )
    return [
        Stage(
            namespace=namespace,
            name=name,
            title=title,
            position=position,
            is_protected=protected,
            is_exclusive=exclusive,
        )
        for position, (name, title, protected, exclusive) in enumerate(rows, start=1)
    ]


def checked_name(name: str, *, field: str = "name") -> str:
    """A name for a stage or an alias. Raises ``Invalid`` for one that could be mistaken for something else."""
    name = name.strip()
    if not re.fullmatch(r"[a-z0-9]([a-z0-9._-]{0,38}[a-z0-9])?", name) or ".." in name:
        raise Invalid(
            _(
                "“{name}” does not work here. Use up to 40 small letters, digits and . - _ between "
                "them, for example champion."
            ).format(name=name[:60]),
            field=field,
        )
    if name in _RESERVED or re.fullmatch(r"v\d+|[0-9a-f]{7,}|\d+", name):
        raise Invalid(
            _(
                "“{name}” could be mistaken for a branch, a commit or the number of a version. "
                "Choose another word, for example champion."
            ).format(name=name),
            field=field,
        )
    return name


def may_be_a_name(name: str) -> bool:
    """Whether something stands a chance of being a stage or an alias."""
    try:
        return checked_name(name) == name
    except Invalid:
        return False
