"""What happens to the record itself."""

from __future__ import annotations

from dataclasses import dataclass

from hub.core.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonalDataRedacted(Event):
    """Personal values were taken out of the record; the chain stands as it was."""

    name = "audit:personal_data_redacted"
    values: int
