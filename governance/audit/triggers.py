"""Which triggers keep the record closed, and whether they are there. They are made in migration 0004."""

from __future__ import annotations

from django.db import connection

_CLOSED = ("governance_auditevent", "governance_checkpoint", "governance_seal")
_PERSONAL = "governance_personalfield"

_EXPECTED = {
    "postgresql": {
        *((table, f"record_refuse_{what}") for table in _CLOSED for what in ("change", "truncate")),
        *(
            (_PERSONAL, f"record_{what}")
            for what in ("allow_redaction", "refuse_delete", "refuse_truncate")
        ),
    },
    "sqlite": {
        *(
            (table, f"record_refuse_{what}_of_{table}")
            for table in _CLOSED
            for what in ("update", "delete", "replace")
        ),
        *(
            (_PERSONAL, f"record_{what}_of_{_PERSONAL}")
            for what in ("allow_redaction", "refuse_delete", "refuse_replace")
        ),
    },
}
_PRESENT = {
    "postgresql": "SELECT tgrelid::regclass::text, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'A'",
    "sqlite": "SELECT tbl_name, name FROM sqlite_master WHERE type = 'trigger'",
}


def missing_triggers() -> list[str]:
    """``table.trigger`` for each that should be there and is not, or does not fire always."""
    with connection.cursor() as cursor:
        cursor.execute(_PRESENT[connection.vendor])
        present = {(table, name) for table, name in cursor.fetchall()}
    return sorted(f"{table}.{name}" for table, name in _EXPECTED[connection.vendor] - present)
