"""One change or request as a line of a queue."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.reviews.queues.models import Risk
from governance.reviews.waiting import Waiting
from hub.ui.parts import Badge
from models_catalog.changes.models import Change
from models_catalog.search.models import SearchRow
from models_catalog.web.result_rows import hue_of

FLAGS = {
    Risk.HIGH: ("bad", "octagon-x"),
    Risk.SOME: ("warn", "circle-alert"),
    Risk.UNKNOWN: ("info", "circle-dashed"),
}


def in_words(time: timedelta) -> str:
    """``4 days``, ``3 hours`` or ``20 minutes``."""
    minutes = int(time.total_seconds() // 60)
    if minutes >= 2 * 24 * 60:
        days = round(minutes / (24 * 60))
        return ngettext("%(n)d day", "%(n)d days", days) % {"n": days}
    if minutes >= 120:
        hours = round(minutes / 60)
        return ngettext("%(n)d hour", "%(n)d hours", hours) % {"n": hours}
    if minutes < 1:
        return _("Under a minute")
    return ngettext("%(n)d minute", "%(n)d minutes", minutes) % {"n": minutes}


@dataclass(frozen=True, slots=True)
class QueueRow(Waiting):
    """The same as a line shows it."""

    @property
    def standing(self) -> Badge | None:
        """How it stands when no check keeps it back: it is ready, or waits for people."""
        if self.review is None or self.failed or self.to_decide or self.waits:
            return None
        missing = len(self.missing)
        if missing:
            text = ngettext(
                "Checks passed, %(n)d approval missing",
                "Checks passed, %(n)d approvals missing",
                missing,
            )
            return Badge(text % {"n": missing}, "info", "hourglass")
        if self.objectors:
            return Badge(_("Checks passed"), "info", "circle-check")
        is_change = isinstance(self.change, Change)
        ready = _("Ready to merge") if is_change else _("Agreed to")
        return Badge(ready, "ok", "circle-check")

    @property
    def mark(self) -> tuple[int, str]:
        """Versions and hue of the model's ring."""
        row: SearchRow | None = getattr(self.change.repo, "search_row", None)
        return (row.version_count, hue_of(row.task)) if row else (0, "d6")

    @property
    def flag(self) -> Badge | None:
        """How much there is to look out for, where a reviewer should know before the page is opened."""
        if not self.is_open or self.risk == Risk.LOW:
            return None
        status, icon = FLAGS[self.risk]
        text = {
            Risk.HIGH: _("High risk"),
            Risk.SOME: _("Some risk"),
            Risk.UNKNOWN: _("Risk not known yet"),
        }
        return Badge(text[self.risk], status, icon)
