"""Notifications as the page shows them: under the model that each is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from governance.outbox.queries import News


@dataclass(frozen=True, slots=True)
class NewsGroup:
    """What belongs to one model, the newest first; ``url`` is the model's page."""

    title: str
    url: str
    rows: Sequence[News]


def grouped(rows: Sequence[News]) -> list[NewsGroup]:
    """By model (or owner), the group with the newest first."""
    groups: dict[str, list[News]] = {}
    for news in rows:
        groups.setdefault(news.model or news.owner, []).append(news)
    return [
        NewsGroup(title=title, url=f"/{title}" if title else "", rows=found)
        for title, found in groups.items()
    ]
