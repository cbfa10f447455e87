"""Telling people: an envelope goes in with the event, and a worker carries it to everybody a few at a time."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from datetime import timedelta

import structlog
from django.db import connection, transaction
from django.db.models import F
from django.utils import timezone

from accounts.users.models import User, UserKind
from governance.audit.models import AuditEvent
from governance.outbox.audience import News, news_of, next_people, reasons, those_who_may_see
from governance.outbox.mail import request_mail
from governance.outbox.models import (
    Channel,
    Envelope,
    Group,
    Notification,
    NotificationState,
    Part,
    Why,
)
from governance.outbox.preferences import USUAL, channels_for
from governance.outbox.topics import NAMING, TAKES_PART, TOPICS
from hub.core.events import Event
from models_catalog.revisions.models import Occurrence

log = structlog.get_logger(__name__)

# People per transaction. SQLite has one writer, so there a batch must stay under 100 ms on a small machine.
BATCH = {"postgresql": 1000, "sqlite": 50}
POSTING_LOCK = 0x61726270  # the number of the advisory lock, "arbp"
MAX_ATTEMPTS = 8
BUDGET = 20.0  # seconds after which a run leaves the rest to the next


Carrier = Callable[[News, Sequence[User]], None]
_for_owners: list[Callable[[News], None]] = []
_for_people: list[Carrier] = []


def also_tell(owners: Callable[[News], None], people: Carrier) -> None:
    """Call ``owners`` once for each piece of news, and ``people`` with those who were told, in the same transaction."""
    if owners not in _for_owners:
        _for_owners.append(owners)
        _for_people.append(people)


def put_in_outbox(event: Event, row: AuditEvent) -> None:
    """Leave an envelope for the worker, in the transaction of the event: one insert, however many people watch."""
    if event.name in TOPICS or event.concerns:
        Envelope.objects.create(
            event=row, concerns=sorted(set(event.concerns)), due_at=timezone.now()
        )


def tell() -> int:
    """Tell people of everything that waits; answers how many were told of something.

    Envelopes take turns after each batch, so that one with very many people does not keep the others waiting. One
    process posts at a time: who comes second finds the lock taken and leaves.
    """
    started = time.monotonic()
    told = 0
    while time.monotonic() - started < BUDGET:
        envelope = Envelope.objects.filter(due_at__lte=timezone.now(), attempts__lt=MAX_ATTEMPTS)
        first = envelope.order_by("due_at", "event").values_list("pk", flat=True).first()
        if first is None:
            break
        number = _try_batch(first)
        if number is None:
            break
        told += number
    return told


def _try_batch(event_id: int) -> int | None:
    """One batch; an envelope that cannot be told waits longer each time and stops nobody else."""
    try:
        with transaction.atomic():
            if not _take_lock():
                return None
            return _tell_batch(event_id)
    except Exception:
        log.exception("telling_failed", event_id=event_id)
        envelope = Envelope.objects.filter(pk=event_id)
        attempts = envelope.values_list("attempts", flat=True).first() or 0
        later = timezone.now() + timedelta(seconds=5 * 4**attempts)
        envelope.update(attempts=F("attempts") + 1, due_at=later)
        return 0


def _tell_batch(event_id: int) -> int:
    """Tell the next few, and write in the same transaction how far it has come."""
    envelope = Envelope.objects.select_related("event").filter(pk=event_id).first()
    if envelope is None:
        return 0
    repos = _repos(envelope)
    if not repos:
        envelope.delete()
        return 0
    news = news_of(envelope.event, repos[0], envelope.concerns)
    if envelope.user_after == 0:
        _join(news)
        for tell_owners in _for_owners:
            tell_owners(news)
    size = BATCH[connection.vendor]
    people = next_people(news, after=envelope.user_after, number=size)
    told = _tell(news, people)
    if len(people) == size:
        envelope.repo_after, envelope.user_after = repos[0] or 0, people[-1]
    elif len(repos) > 1:
        envelope.repo_after, envelope.user_after = repos[1] or 0, 0
    else:
        envelope.delete()
        return told
    envelope.due_at = timezone.now()
    envelope.save(update_fields=["repo_after", "user_after", "due_at"])
    return told


def _repos(envelope: Envelope) -> Sequence[int | None]:
    """The repos that are still to do: of a recalled blob every one that holds it, else that of the event, or none."""
    event = envelope.event
    if event.repo_id is not None or event.name != "blob:recalled":
        return [event.repo_id]
    holding = Occurrence.objects.filter(
        blob__sha256=event.data.get("sha256", ""), repo_id__gte=envelope.repo_after
    )
    return list(holding.order_by("repo_id").values_list("repo_id", flat=True).distinct()[:2])


def _join(news: News) -> None:
    """Who does something in a thread takes part in it from then on, and so does who is named in it."""
    if news.number is None or news.repo_id is None:
        return
    joining = dict.fromkeys(news.concerns, Why.CONCERNED)
    if news.event.name in TAKES_PART and news.event.actor_id is not None:
        joining[news.event.actor_id] = TAKES_PART[news.event.name]
    people = User.objects.filter(pk__in=joining, kind=UserKind.PERSON)
    known = people.values_list("pk", flat=True)
    Part.objects.bulk_create(
        [
            Part(user_id=pk, repo_id=news.repo_id, number=news.number, why=joining[pk])
            for pk in known
        ],
        ignore_conflicts=True,
    )


def _tell(news: News, people: Sequence[int]) -> int:
    why = reasons(news, people)
    groups = {
        pk: Group.PERSONAL if each in NAMING else news.topic.group for pk, each in why.items()
    }
    chosen = channels_for(why.keys(), set(groups.values()))
    channels = {pk: chosen.get((pk, group), USUAL[group]) for pk, group in groups.items()}
    wanted = [pk for pk in why if channels[pk] != Channel.NONE]
    seeing = those_who_may_see(news, wanted)
    now = timezone.now()
    rows = [
        Notification(
            user=person,
            event=news.event,
            repo_id=news.repo_id,
            number=news.number,
            fold=news.fold,
            group=groups[person.pk],
            why=why[person.pk],
            is_inside=news.is_inside,
            is_for_digest=channels[person.pk] == Channel.DIGEST,
            updated_at=now,
        )
        for person in seeing
    ]
    _fold(news, rows)
    for tell_people in _for_people:
        tell_people(news, seeing)
    request_mail(news, [row.user_id for row in rows if channels[row.user_id] == Channel.MAIL])
    return len(rows)


def _fold(news: News, rows: list[Notification]) -> None:
    """Store these; what somebody has of the same thread becomes this, unless it is later already."""
    variants: dict[tuple[str, str, bool], list[int]] = defaultdict(list)
    for row in rows:
        variants[row.why, row.group, row.is_for_digest].append(row.user_id)
    for (why, group, is_for_digest), people in variants.items():
        if news.number is None:
            break
        known = Notification.objects.filter(
            fold=news.fold, user__in=people, event__lt=news.event.pk
        )
        known.update(
            event=news.event,
            why=why,
            group=group,
            is_inside=news.is_inside,
            state=NotificationState.UNREAD,
            updated_at=timezone.now(),
            **({"is_for_digest": True} if is_for_digest else {}),
        )
    Notification.objects.bulk_create(rows, ignore_conflicts=True, batch_size=500)


def _take_lock() -> bool:
    """Become the only one who posts until the transaction ends; on SQLite the write transaction itself is the lock."""
    if connection.vendor != "postgresql":
        return True
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [POSTING_LOCK])
        return bool(cursor.fetchone()[0])
