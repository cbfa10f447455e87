"""Throwing a demonstration away, whole: the record refuses deletion, so the database itself is made anew."""

from __future__ import annotations

import shutil
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection

from models_catalog.storage.store import store

_TABLES = "SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = current_schema()"
_FUNCTIONS = """
SELECT p.oid::regprocedure::text FROM pg_proc p
WHERE p.pronamespace = current_schema()::regnamespace
AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
"""


def what_is_lost() -> str:
    """What ``rebuild`` destroys, for somebody who has to say yes to it."""
    database = connection.settings_dict["NAME"]
    return (
        f"This deletes every account, model, file and record of this hub:\n"
        f"  the database  {database}\n"
        f"  the files     {settings.DATA_DIR / 'store'}\n"
        "Nothing of it can be had back. Keys under secrets/ and logs stay."
    )


def rebuild() -> None:
    """An empty database with all tables, and a store without a file. The hub must not be running."""
    if connection.vendor == "sqlite":
        _remove_file()
    else:
        _drop_everything()
    _empty_the_store()
    call_command("migrate", interactive=False, verbosity=0)


def _remove_file() -> None:
    name = Path(connection.settings_dict["NAME"])
    connection.close()
    for path in (name, Path(f"{name}-wal"), Path(f"{name}-shm")):
        path.unlink(missing_ok=True)


def _drop_everything() -> None:
    """Our tables and functions in the schema; what extensions brought is not ours and stays."""
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        tables = [name for (name,) in cursor.fetchall()]
        if tables:
            cursor.execute(f"DROP TABLE {', '.join(tables)} CASCADE")
        cursor.execute(_FUNCTIONS)
        for (name,) in cursor.fetchall():
            cursor.execute(f"DROP FUNCTION {name} CASCADE")
    connection.close()


def _empty_the_store() -> None:
    """Every object, through the store's own door, and what was under way; messages about work on them too."""
    for folder in ("blobs", "quarantine"):
        for found in list(store().objects(folder)):
            store().delete(found.key)
    shutil.rmtree(settings.STAGING_DIR, ignore_errors=True)
    shutil.rmtree(settings.DATA_DIR / "tmp" / "demonstration", ignore_errors=True)
    if settings.QUEUE_DIR.is_dir():
        for message in settings.QUEUE_DIR.rglob("*"):
            if message.is_file():
                message.unlink(missing_ok=True)
