"""What programs are told of: every event with a sample of its message, from the classes of the events themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.conf import settings

from governance.outbox.models import Channel, Group, Level
from governance.outbox.reading import KEPT as NEWS_KEPT
from governance.outbox.topics import TOPICS
from governance.webhooks.actions import BOTH_GOOD, MOST_PER_OWNER
from governance.webhooks.delivering import KEPT, MOST_WAITING, TRIES
from governance.webhooks.payload import sample, subscribable
from hub.core.events import all_events
from hub.core.outgoing import MAX_ANSWER, SECONDS
from hub.ui.addresses import address


@dataclass(frozen=True, slots=True)
class Told:
    """An event: its name, what it means, and a message about it."""

    name: str
    means: str
    sample: str


def values() -> dict[str, Any]:
    """What somebody who writes a receiver looks up, and what people choose from."""
    events = all_events()
    groups: dict[str, list[Told]] = {str(each.label): [] for each in Group}
    for name in subscribable():
        means = (events[name].__doc__ or "").strip().partition("\n")[0].replace("``", "")
        title = str(Group(TOPICS[name].group).label)
        groups[title].append(Told(name, means, sample(name)))
    return {
        "groups": {title: told for title, told in groups.items() if told},
        "levels": [level.label for level in Level],
        "channels": [channel.label for channel in Channel],
        "news": [group.label for group in Group],
        "tries": TRIES,
        "seconds": int(SECONDS),
        "mebibytes": MAX_ANSWER // 2**20,
        "ports": ", ".join(str(port) for port in settings.WEBHOOK_PORTS),
        "most": MOST_PER_OWNER,
        "waiting": MOST_WAITING,
        "log_days": KEPT.days,
        "news_days": NEWS_KEPT.days,
        "hours": BOTH_GOOD // timedelta(hours=1),
        "reference": address("api:docs-tag", "webhooks"),
    }
