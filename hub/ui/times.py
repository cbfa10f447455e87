"""Dates and distances in time, as ``<time>`` elements with the exact moment in UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

Moment = datetime | date


def when(value: Moment | None) -> SafeString:
    """``3 Nov 2025``; nothing for ``None``."""
    return _element(value, _day(value)) if value else SafeString()


def when_exactly(value: datetime | None) -> SafeString:
    """``3 Nov 2025, 14:06 UTC``, for logs and reports."""
    if value is None:
        return SafeString()
    moment = _utc(value)
    return _element(value, f"{_day(moment)}, {moment:%H:%M} UTC")


def ago(value: datetime | None) -> SafeString:
    """``3 hours ago`` within thirty days, after that the date; a time to come reads as its date."""
    if value is None:
        return SafeString()
    seconds = (timezone.now() - value).total_seconds()
    return _element(value, _distance(seconds) or _day(value))


def _distance(seconds: float) -> str:
    minutes, hours, days = int(seconds // 60), int(seconds // 3600), int(seconds // 86400)
    if seconds < 0 or days > 30:
        return ""
    if minutes < 1:
        return _("just now")
    if hours < 1:
        return ngettext("%(n)d minute ago", "%(n)d minutes ago", minutes) % {"n": minutes}
    if days < 1:
        return ngettext("%(n)d hour ago", "%(n)d hours ago", hours) % {"n": hours}
    return ngettext("%(n)d day ago", "%(n)d days ago", days) % {"n": days}


def in_days(value: Moment | None) -> str:
    """``today``, ``tomorrow``, ``in 5 days``, ``3 days late``; plain text, to stand beside the date."""
    if value is None:
        return ""
    day = _utc(value).date() if isinstance(value, datetime) else value
    days = (day - timezone.now().astimezone(UTC).date()).days
    if days == 0:
        return _("today")
    if days == 1:
        return _("tomorrow")
    if days > 0:
        return ngettext("in %(n)d day", "in %(n)d days", days) % {"n": days}
    return ngettext("%(n)d day late", "%(n)d days late", -days) % {"n": -days}


def _utc(value: datetime) -> datetime:
    return value.astimezone(UTC) if timezone.is_aware(value) else value.replace(tzinfo=UTC)


def _day(value: Moment) -> str:
    return date_format(_utc(value) if isinstance(value, datetime) else value, "j M Y")


def _element(value: Moment, text: str) -> SafeString:
    if not isinstance(value, datetime):
        return format_html('<time datetime="{}">{}</time>', value.isoformat(), text)
    moment = _utc(value)
    title = f"{_day(moment)}, {moment:%H:%M} UTC"
    machine = moment.isoformat(timespec="seconds").replace("+00:00", "Z")
    return format_html('<time datetime="{}" title="{}">{}</time>', machine, title, text)
