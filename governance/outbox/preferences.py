"""The channel of each group of news: what people chose, and what holds until they choose."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from governance.outbox.models import Channel, Group, Preference
from governance.outbox.watching import require_oneself
from hub.core.actor import Actor
from hub.core.errors import Invalid

USUAL: Mapping[str, str] = {
    Group.PERSONAL: Channel.MAIL,
    Group.RELEASES: Channel.DIGEST,
    Group.WITHDRAWALS: Channel.MAIL,
    Group.REVIEWS: Channel.HUB,
    Group.DISCUSSIONS: Channel.HUB,
    Group.STAGES: Channel.HUB,
    Group.UPKEEP: Channel.HUB,
}


def channels_of(actor: Actor) -> dict[str, str]:
    """The actor's channel of every group."""
    chosen = Preference.objects.filter(user=actor.user).values_list("group", "channel")
    return {**USUAL, **dict(chosen)}


def channels_for(users: Collection[int], groups: Collection[str]) -> dict[tuple[int, str], str]:
    """What some people chose for some groups, in one query; who chose nothing is left out."""
    rows = Preference.objects.filter(user__in=users, group__in=groups)
    return {
        (user, group): channel
        for user, group, channel in rows.values_list("user", "group", "channel")
    }


@transaction.atomic
def choose_channels(chosen: Mapping[str, str], *, actor: Actor) -> dict[str, str]:
    """Set the channels of some groups, the others stay. Changes nobody else's business, so it is no event."""
    user = require_oneself(actor)
    for group, channel in chosen.items():
        if group not in Group.values or channel not in Channel.values:
            raise Invalid(
                _("There is no such group of news, or no such channel: {group}, {channel}.").format(
                    group=group, channel=channel
                ),
                field=group if group in Group.values else None,
            )
        Preference.objects.update_or_create(user=user, group=group, defaults={"channel": channel})
    return channels_of(actor)
