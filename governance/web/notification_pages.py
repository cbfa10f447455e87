"""What one was told: read, put away, and taken along as a feed."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from governance.outbox.feed import reader_of
from governance.outbox.queries import NewsPage, get_notification, notification_page
from governance.outbox.reading import mark, mark_all, mute
from governance.web.notification_rows import grouped
from hub.core.errors import Invalid
from hub.ui.parts import Tab
from hub.ui.rendering import render_page
from hub.web.requests import HubRequest

FEED = 50
MOST_AT_ONCE = 100


@require_http_methods(["GET", "HEAD", "POST"])
def notifications(request: HubRequest) -> HttpResponse:
    """The list; its one form marks what was chosen, one, or all, or mutes a thread."""
    if request.method == "POST":
        _act(request)
        return redirect(request.get_full_path())
    view = request.GET.get("view", "unread")
    cursor = request.GET.get("cursor")
    found = notification_page(view=view, actor=request.actor, cursor=cursor)
    context = {
        "view": view,
        "page": found.page,
        "groups": grouped(found.rows),
        "tabs": _tabs(view),
        "newest": _newest(found),
    }
    return render_page(request, "governance/notifications.html", context)


@login_not_required
@require_safe
def feed(request: HubRequest, secret: str) -> HttpResponse:
    """The newest as Atom, for whoever holds the address; what its person may no longer see is not in it."""
    actor = reader_of(secret)
    found = notification_page(view="all", actor=actor, size=FEED)
    context = {
        "whose": actor.user,
        "rows": found.rows,
        "updated": found.rows[0].updated_at if found.rows else None,
        "base": request.build_absolute_uri("/").rstrip("/"),
    }
    response = render_page(request, "governance/notifications.atom", context)
    response.headers["Content-Type"] = "application/atom+xml; charset=utf-8"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex"
    return response


def _newest(found: NewsPage) -> str:
    return found.rows[0].updated_at.isoformat() if found.rows else ""


def _tabs(current: str) -> list[Tab]:
    named = {
        "unread": _("Unread"),
        "all": _("All"),
        "mentions": _("Mentions"),
        "reviews": _("Reviews"),
    }
    here = reverse("governance:notifications")
    return [
        Tab(label, here if view == "unread" else f"{here}?view={view}", is_current=view == current)
        for view, label in named.items()
    ]


def _act(request: HubRequest) -> None:
    sent, actor = request.POST, request.actor
    if "mute" in sent:
        mute(get_notification(_number(sent["mute"]), actor=actor), actor=actor)
        messages.success(request, _("You will hear no more of this thread, unless it names you."))
        return
    if "all" in sent:
        until = parse_datetime(sent.get("until", ""))
        if until is None:
            raise Invalid(_("This page is too old. Load it again."))
        number = mark_all(state=sent["all"], until=until, actor=actor)
    else:
        number = mark(*_chosen(sent), actor=actor)
    said = ngettext("%(n)d notification marked.", "%(n)d notifications marked.", number)
    messages.success(request, said % {"n": number})


def _chosen(sent: QueryDict) -> tuple[list[int], str]:
    """One by its own button (``done=12``), or those that were ticked."""
    for state in ("read", "unread", "done"):
        if state in sent:
            return [_number(str(sent[state]))], state
    return [_number(str(each)) for each in sent.getlist("chosen")[:MOST_AT_ONCE]], sent.get(
        "mark", ""
    )


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else 0
