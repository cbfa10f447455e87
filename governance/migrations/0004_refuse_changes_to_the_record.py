"""Triggers that refuse to change or delete what the record holds (hub/docs/adr/0003-audit-triggers.md).

Their names begin with ``record_``. SQLite drops the triggers of a table that a later migration rebuilds: such a
migration must make them anew, and tests/governance/audit/test_triggers.py fails until it does.
"""

from django.db import migrations

CLOSED = ("governance_auditevent", "governance_seal", "governance_checkpoint")
PERSONAL = "governance_personalfield"
REFUSAL = "The audit record is only ever added to."
REDACTION_ONLY = "A personal value of the audit record can only be redacted."

# INSERT OR REPLACE of SQLite deletes the row in its way without asking a DELETE trigger: these columns are unique.
UNIQUE = {
    "governance_auditevent": ("id", "public_id"),
    "governance_seal": ("sequence", "event_id"),
    "governance_checkpoint": ("id", "sequence"),
    PERSONAL: ("id",),
}

POSTGRESQL_FUNCTIONS = f"""
CREATE FUNCTION record_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{REFUSAL}';
END $$;
CREATE FUNCTION record_allow_redaction() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.value IS NULL AND NEW.salt = '' AND NEW.id = OLD.id AND NEW.event_id = OLD.event_id
        AND NEW.field = OLD.field THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION USING ERRCODE = 'restrict_violation', MESSAGE = '{REDACTION_ONLY}';
END $$;
"""


def postgresql():
    """One statement each. ALWAYS: they also fire for a session that replays a replica's changes."""
    yield POSTGRESQL_FUNCTIONS
    for table in CLOSED:
        yield from _always(table, "record_refuse_change", "BEFORE UPDATE OR DELETE", "ROW", "record_refuse")
    yield from _always(PERSONAL, "record_refuse_delete", "BEFORE DELETE", "ROW", "record_refuse")
    yield from _always(PERSONAL, "record_allow_redaction", "BEFORE UPDATE", "ROW", "record_allow_redaction")
    for table in (*CLOSED, PERSONAL):
        yield from _always(table, "record_refuse_truncate", "BEFORE TRUNCATE", "STATEMENT", "record_refuse")


def _always(table, name, when, each, function):
    yield f"CREATE TRIGGER {name} {when} ON {table} FOR EACH {each} EXECUTE FUNCTION {function}()"
    yield f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}"


def sqlite():
    for table in CLOSED:
        yield _sqlite(table, "refuse_update", "BEFORE UPDATE", REFUSAL)
    yield _sqlite(
        PERSONAL,
        "allow_redaction",
        "BEFORE UPDATE",
        REDACTION_ONLY,
        condition="NEW.value IS NOT NULL OR NEW.salt <> '' OR NEW.id <> OLD.id OR NEW.event_id <> OLD.event_id"
        " OR NEW.field <> OLD.field",
    )
    for table in (*CLOSED, PERSONAL):
        yield _sqlite(table, "refuse_delete", "BEFORE DELETE", REFUSAL)
        same = " OR ".join(f"{column} = NEW.{column}" for column in UNIQUE[table])
        if table == PERSONAL:
            same += " OR (event_id = NEW.event_id AND field = NEW.field)"
        known = f"EXISTS (SELECT 1 FROM {table} WHERE {same})"
        yield _sqlite(table, "refuse_replace", "BEFORE INSERT", REFUSAL, condition=known)


def _sqlite(table, name, when, refusal, condition="1"):
    return (
        f"CREATE TRIGGER record_{name}_of_{table} {when} ON {table} FOR EACH ROW WHEN {condition} "
        f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
    )


def install(apps, schema_editor):
    statements = {"postgresql": postgresql, "sqlite": sqlite}[schema_editor.connection.vendor]
    for statement in statements():
        schema_editor.execute(statement)


def remove(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION record_refuse() CASCADE")
        schema_editor.execute("DROP FUNCTION record_allow_redaction() CASCADE")
        return
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'record\\_%' ESCAPE '\\'")
        names = [name for (name,) in cursor.fetchall()]
    for name in names:
        schema_editor.execute(f"DROP TRIGGER {name}")


class Migration(migrations.Migration):
    dependencies = [("governance", "0003_keep_a_list_of_unsealed_events")]

    operations = [migrations.RunPython(install, remove)]
