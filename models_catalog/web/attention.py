"""What waits for a signed-in visitor, in a line each, from the queries of the pages that the lines lead to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.authz.policy import Right
from accounts.orgs.queries import namespaces_with_right, own_invitation_page
from governance.reviews.queues import queries as queue
from hub.core.actor import Actor
from models_catalog.search.models import Approval, SearchRow
from models_catalog.search.queries import visible_rows
from models_catalog.storage.models import Verdict
from models_catalog.web.result_rows import address_of

MOST = 99  # counted of each kind
NAMED = 3  # models that are named one by one


@dataclass(frozen=True, slots=True)
class Attention:
    """One line: what waits, and where it is dealt with."""

    text: str
    url: str
    icon: str
    status: str


def attention_of(actor: Actor) -> list[Attention]:
    """What waits for this person; a fixed number of bounded queries, and none for strangers."""
    return list(_found(actor)) if actor.user is not None else []


def _found(actor: Actor) -> Iterator[Attention]:
    reviews = reverse("governance:my-reviews")
    if number := _few(queue.waiting_for(queue.decidable_by(actor), actor=actor)):
        text = ngettext("%(n)s review waits for you", "%(n)s reviews wait for you", number)
        yield Attention(text % {"n": _said(number)}, reviews, "hourglass", "info")
    if number := _few(queue.waiting_for_author(queue.own(actor=actor))):
        text = ngettext(
            "A reviewer asks something about %(n)s of your changes and requests",
            "Reviewers ask something about %(n)s of your changes and requests",
            number,
        )
        yield Attention(text % {"n": _said(number)}, f"{reviews}?view=own", "circle-alert", "warn")
    for row in _held(actor)[:NAMED]:
        said = (
            _("Scanning blocks a file of %(name)s")
            if row.verdict == Verdict.DANGEROUS
            else _("The scan of %(name)s failed")
        )
        yield Attention(said % {"name": row.full_name}, address_of(row), "octagon-x", "bad")
    if number := len(own_invitation_page(actor=actor, size=MOST).rows):
        text = ngettext("%(n)s organisation invites you", "%(n)s organisations invite you", number)
        yield Attention(text % {"n": number}, reverse("accounts:invitations"), "mail", "info")


def _few(entries: queue.Entries) -> int:
    return entries.order_by()[: MOST + 1].count()


def _said(number: int) -> str:
    return str(number) if number <= MOST else f"{MOST}+"


def _held(actor: Actor) -> QuerySet[SearchRow]:
    """Models that the person may write and whose files are blocked or could not be scanned, the latest first."""
    theirs = Q(repo__namespace__in=namespaces_with_right(Right.WRITE, actor=actor))
    theirs |= Q(repo__namespace__user=actor.user_id)
    held = visible_rows(actor=actor).filter(theirs, verdict__in=[Verdict.DANGEROUS, Verdict.ERROR])
    return held.exclude(approval=Approval.WITHDRAWN).order_by("-updated_at", "-repo")
