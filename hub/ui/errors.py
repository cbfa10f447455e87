"""Error pages that need neither database nor session nor context processors."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from hub.ui.context import appearance

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Action:
    """The one way out that an error page offers."""

    label: Text
    url: str


WORDS: dict[int, tuple[Text, Text]] = {
    400: (
        _("The hub could not read this request"),
        _("Go back, check what you entered and send it again."),
    ),
    403: (
        _("You may not do this"),
        _("Ask an admin of the organisation for the right, or sign in with another account."),
    ),
    404: (
        _("There is nothing at this address"),
        _("It does not exist, or you may not know of it. Withdrawn models keep their page."),
    ),
    405: (_("This address does not work that way"), _("Go back to the page and use its buttons.")),
    408: (
        _("This request took too long to arrive"),
        _("The connection was too slow or was interrupted. Send it again."),
    ),
    409: (
        _("Something changed in the meantime"),
        _("Reload the page and look at the newest state before you try again."),
    ),
    410: (
        _("This was withdrawn"),
        _("Withdrawn is not deleted: its record stays, its files are no longer handed out."),
    ),
    413: (
        _("This is too large to send in one go"),
        _("Send it as a resumable upload, or in smaller files."),
    ),
    411: (
        _("The hub has to know how long this is"),
        _("Send the header Content-Length; bodies in chunks of unknown length are not taken."),
    ),
    414: (
        _("This address is too long"),
        _("An address of this hub has at most 8,190 characters. Shorten the search."),
    ),
    431: (
        _("The headers of this request are too large"),
        _("Delete the cookies of this hub in your browser and try again."),
    ),
    423: (
        _("This file is held back for now"),
        _("Scanning has not finished with it. Try again in a few minutes."),
    ),
    429: (_("Too many requests"), _("Wait a minute, then try again. Signing in raises the limit.")),
    500: (
        _("The hub made a mistake"),
        _(
            "What you asked for was not done, and nothing is half done. The people who run the hub can see why."
        ),
    ),
    503: (
        _("The hub is not available for a moment"),
        _("It is being updated or is very busy. Try again in a minute."),
    ),
    507: (_("The hub's storage is full"), _("The people who run the hub have to make room first.")),
}


def render_error(
    request: HttpRequest | None,
    status: int,
    *,
    title: Text | None = None,
    detail: Text | None = None,
    action: Action | None = None,
) -> HttpResponse:
    """The page for ``status``; ``title`` says what happened, ``detail`` why and what to do.

    Left out, both come from ``WORDS``. The page holds nothing of the request but the visitor's theme, so that answers
    which must look alike (missing and private) are the same to the byte.
    """
    known_title, known_detail = WORDS.get(status, WORDS[500 if status >= 500 else 400])
    values = appearance(request) | {
        "here": "",
        "status": status,
        "title": title or known_title,
        "detail": detail or known_detail,
        "action": action,
    }
    return HttpResponse(get_template("errors/page.html").render(values), status=status)
