"""Finding people."""

from __future__ import annotations

from django.utils.translation import gettext as _

from accounts.namespaces.names import fold
from accounts.users.models import User, UserKind
from hub.core.errors import NotFound


def get_user(name: str) -> User:
    """The person of this name, however its letters are cased; their namespace comes along. Raises ``NotFound``."""
    found = (
        User.objects.select_related("namespace")
        .filter(namespace__folded=fold(name.strip()), namespace__is_retired=False, is_active=True)
        .first()
    )
    if found is None:
        raise NotFound(_("Nobody here is called “{name}”.").format(name=name))
    return found


def get_account(name: str) -> User:
    """The person of this name, suspended ones too: for those who may suspend. Raises ``NotFound``."""
    found = (
        User.objects.select_related("namespace")
        .filter(namespace__folded=fold(name.strip()), kind=UserKind.PERSON)
        .first()
    )
    if found is None:
        raise NotFound(_("Nobody here is called “{name}”.").format(name=name))
    return found
