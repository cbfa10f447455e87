"""Whether somebody may act at all: asked again with every change, and taken away at once."""

from __future__ import annotations

from django.db import connection
from django.utils.translation import gettext as _

from accounts.users.models import User
from hub.core.actor import Actor
from hub.core.errors import Forbidden
from hub.core.events import Event


def require_active(event: Event) -> None:
    """Refuse the change that an event tells of when its actor was suspended or disabled since the request began.

    The lock is the weakest there is: it waits for nobody but ``set_active``, which in turn waits for every change that
    has come this far. So once ``set_active`` is committed nothing more of that account is.
    """
    if event.actor.user_id is None:
        return
    sql = "SELECT is_active FROM accounts_user WHERE id = %s"
    if connection.vendor == "postgresql":
        sql += " FOR KEY SHARE"
    with connection.cursor() as cursor:
        cursor.execute(sql, [event.actor.user_id])
        found = cursor.fetchone()
    if found is None or not found[0]:
        raise Forbidden(
            _("{name} may not act any more: the account has been suspended or disabled.").format(
                name=event.actor.label
            )
        )


def set_active(user: User, *, is_active: bool, actor: Actor) -> bool:
    """Let an account act or not; answers whether that is new. The caller has asked, and emits the event.

    To be called before any other row is locked: it waits for the changes that the account is in the middle of, and
    they for nothing that the caller holds. The actor's own row is taken too, so that of two administrators who suspend
    each other the second finds that they may not.
    """
    both = [pk for pk in (user.pk, actor.user_id) if pk is not None]
    rows = User.objects.select_for_update().filter(pk__in=both).order_by("pk")
    found = {row.pk: row for row in rows}
    if actor.user_id is not None and not found[actor.user_id].is_active:
        raise Forbidden(_("Your account has been suspended."))
    if found[user.pk].is_active == is_active:
        return False
    user.is_active = is_active
    user.session_round = found[user.pk].session_round + (not is_active)
    user.save(update_fields=["is_active", "session_round"])
    return True
