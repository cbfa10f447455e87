"""News by mail: at once, or once a day. Each letter can be stopped by one click, and none names an address in a log."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import ngettext

from accounts.users.models import User
from governance.outbox.audience import News
from governance.outbox.models import Group, Notification, NotificationState
from governance.outbox.queries import find_notification, for_digest, news_from
from governance.outbox.unsubscribing import unsubscribe_token
from hub.core.actor import Actor, Means
from hub.core.jobs.actions import request_jobs

MAIL, DIGEST = "notify.mail", "notify.digest"
MOST_IN_DIGEST = 50
PEOPLE_AT_ONCE = 500


def request_mail(news: News, people: Sequence[int]) -> None:
    """Ask for a letter to each of these people, in the transaction that tells them."""
    request_jobs(
        MAIL,
        {
            f"mail:{news.event.pk}:{news.repo_id or 0}:{pk}": {
                "user": pk,
                "fold": news.fold,
                "event": news.event.pk,
            }
            for pk in people
        },
        queue="mail",
    )


def send_mail(payload: Mapping[str, Any]) -> str:
    """Send one letter, if the person still may see what it is about, has not read it, and nothing newer took its place."""
    user = _reachable(payload["user"])
    if user is None:
        return "nobody to send it to"
    actor = Actor(user=user, means=Means.SESSION)
    found = find_notification(payload["fold"], actor=actor)
    if found is None or found.state != NotificationState.UNREAD:
        return "read already, or not to be seen any more"
    if found.event_id != payload["event"]:
        return "a later letter tells of it"
    news = news_from(found)
    subject = f"{news.model or news.owner}: {news.sentence}"
    _send(user, subject, "governance/mail/notification.txt", {"news": news}, found.group)
    return "sent"


def request_digests() -> int:
    """Ask for today's letter to everybody for whom something was kept; answers how many."""
    today, after, number = timezone.now().date(), 0, 0
    waiting = Notification.objects.filter(is_for_digest=True).order_by("user_id")
    while True:
        some = waiting.filter(user_id__gt=after).values_list("user_id", flat=True).distinct()
        people = list(some[:PEOPLE_AT_ONCE])
        if not people:
            return number
        jobs = {f"digest:{pk}:{today}": {"user": pk} for pk in people}
        request_jobs(DIGEST, jobs, queue="mail")
        after, number = people[-1], number + len(people)


def send_digest(payload: Mapping[str, Any]) -> str:
    """Send what was kept since the last letter, and keep it no longer."""
    user = _reachable(payload["user"])
    if user is None:
        return "nobody to send it to"
    rows = for_digest(Actor(user=user, means=Means.SESSION), number=MOST_IN_DIGEST)
    started = timezone.now()
    if rows:
        said = ngettext("%(n)d piece of news", "%(n)d pieces of news", len(rows)) % {"n": len(rows)}
        context = {"rows": [news_from(row) for row in rows]}
        _send(user, said, "governance/mail/digest.txt", context, Group.RELEASES)
    kept = Notification.objects.filter(user=user, is_for_digest=True, updated_at__lte=started)
    kept.update(is_for_digest=False)
    return f"{len(rows)} sent"


def _reachable(user_id: int) -> User | None:
    return User.objects.filter(pk=user_id, is_active=True).exclude(email="").first()


def _send(user: User, subject: str, template: str, context: dict[str, Any], group: str) -> None:
    stop = f"{settings.PUBLIC_URL}/notifications/unsubscribe/{unsubscribe_token(user, group)}"
    values = context | {
        "base": settings.PUBLIC_URL,
        "hub_name": settings.HUB_NAME,
        "operator_name": settings.HUB_OPERATOR,
        "group": Group(group).label,
        "stop": stop,
        "whose": user,
    }
    message = EmailMessage(
        subject=f"[{settings.HUB_NAME}] {' '.join(subject.split())}"[:200],
        body=render_to_string(template, values).strip() + "\n",
        to=[user.email],
        headers={
            "List-Unsubscribe": f"<{stop}>",
            "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
            "Auto-Submitted": "auto-generated",
        },
    )
    message.send()
