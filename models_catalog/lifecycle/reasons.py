"""Reasons that people give, and what stops them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _

from hub.core.errors import Conflict, Invalid
from hub.core.text import storable

MAX_REASON = 2000


class StillNeeded(Conflict):
    """Somebody relies on it; ``reasons`` are sentences, one for each."""

    code = "still_needed"

    def __init__(self, message: str, reasons: Sequence[str]) -> None:
        super().__init__(" ".join([message, *reasons]))
        self.reasons = tuple(reasons)

    @property
    def extra(self) -> Mapping[str, Any]:
        """The sentences one by one."""
        return {"reasons": list(self.reasons)}


def checked_reason(reason: str) -> str:
    """A reason that can be shown in place of what is gone. Raises ``Invalid``."""
    reason = storable(reason).strip()
    if not reason:
        raise Invalid(
            _("Say why: people will read it in place of what they look for."), field="reason"
        )
    if len(reason) > MAX_REASON:
        raise Invalid(
            _("The reason is longer than {max_reason} characters.").format(max_reason=MAX_REASON),
            field="reason",
        )
    return reason
