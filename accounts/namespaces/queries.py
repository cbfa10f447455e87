"""Finding whose name it is, and whether it can still be had."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.namespaces.models import Namespace, NamespaceKind
from accounts.namespaces.names import check_name, fold, is_reserved
from hub.core.errors import Conflict, NotFound

_WHAT = {NamespaceKind.USER: "account", NamespaceKind.ORGANIZATION: "organisation"}


def get_namespace(name: str) -> Namespace:
    """The namespace of this name, however its letters are cased. Raises ``NotFound``."""
    found = Namespace.objects.filter(folded=fold(name), is_retired=False).first()
    if found is None:
        raise NotFound
    return found


def require_available(name: str, *, kind: NamespaceKind, field: str = "name") -> None:
    """Refuse what cannot be claimed: ``Invalid`` for a bad name, ``Conflict`` for one that is or was somebody's."""
    check_name(name, what=_WHAT[kind], field=field)
    if is_reserved(name):
        raise Conflict(
            _("“{name}” is kept for the hub’s own addresses. Choose another name.").format(
                name=name
            ),
            field=field,
        )
    if Namespace.objects.filter(folded=fold(name)).exists():
        raise name_taken(name, field=field)


def name_taken(name: str, *, field: str) -> Conflict:
    """The one sentence for names in use, retired names and names that could be mistaken for either."""
    return Conflict(
        _(
            "“{name}” is taken, or too much like a name that is. Names are never given out twice."
        ).format(name=name),
        field=field,
    )
