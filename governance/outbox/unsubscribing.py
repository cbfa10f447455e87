"""Links in mail by which people stop such mail, without signing in: RFC 8058."""

from __future__ import annotations

from django.core import signing

from accounts.users.models import User
from governance.outbox.models import Channel, Group, Preference
from hub.core.errors import NotFound

SALT = "arboretum.unsubscribe"


def unsubscribe_token(user: User, group: str) -> str:
    """What the link of a mail about ``group`` holds: signed, so that nobody can make one for somebody else."""
    return signing.dumps([user.pk, group], salt=SALT)


def read_token(token: str) -> tuple[User, str]:
    """Whom a link is for, and which group. It stays good as long as the mail lies in a mailbox. Raises ``NotFound``."""
    try:
        user_id, group = signing.loads(token, salt=SALT)
    except signing.BadSignature as error:
        raise NotFound from error
    user = User.objects.filter(pk=user_id, is_active=True).first()
    if user is None or group not in Group.values:
        raise NotFound
    return user, group


def stop_mail(user: User, group: str) -> None:
    """Keep news of a group in the hub from now on; who chose to hear nothing of it goes on hearing nothing."""
    chosen, is_new = Preference.objects.get_or_create(
        user=user, group=group, defaults={"channel": Channel.HUB}
    )
    if not is_new and chosen.channel in (Channel.MAIL, Channel.DIGEST):
        Preference.objects.filter(pk=chosen.pk).update(channel=Channel.HUB)
