"""What may be said in threads."""

from __future__ import annotations

from django.utils.translation import gettext as _

from hub.core.errors import Invalid
from hub.core.text import storable

MAX_COMMENT = 20_000


def checked_title(title: str) -> str:
    """What a thread is called. Raises ``Invalid`` about ``title``."""
    title = " ".join(storable(title).split())
    if not title:
        raise Invalid(_("Say in a few words what this is about."), field="title")
    if len(title) > 200:
        raise Invalid(_("The title is longer than 200 characters."), field="title")
    return title


def checked_body(body: str) -> str:
    """What somebody says. Raises ``Invalid`` about ``body``."""
    body = storable(body)
    if not body.strip():
        raise Invalid(_("Write something first."), field="body")
    if len(body) > MAX_COMMENT:
        raise Invalid(
            _("That is longer than {max_comment} characters.").format(max_comment=MAX_COMMENT),
            field="body",
        )
    return body.strip()
