from django.db import migrations, models

POSTGRES = (
    "ALTER TABLE models_catalog_searchrow ADD COLUMN document tsvector",
    "CREATE INDEX search_document ON models_catalog_searchrow USING gin (document) WITH (fastupdate = off)",
)
SQLITE = (
    """
    CREATE VIRTUAL TABLE models_catalog_searchtext USING fts5(
        name_words, summary_words, card_words, content='models_catalog_searchrow', content_rowid='repo_id',
        prefix='2 3', tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co M*'"
    )
    """,
)


def make(apps, schema_editor):
    for statement in POSTGRES if schema_editor.connection.vendor == "postgresql" else SQLITE:
        schema_editor.execute(statement)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("ALTER TABLE models_catalog_searchrow DROP COLUMN document")
    else:
        schema_editor.execute("DROP TABLE models_catalog_searchtext")


class Migration(migrations.Migration):
    """Words of summaries, and the full-text index over all words: tsvector and GIN, or FTS5."""

    dependencies = [("models_catalog", "0001_initial")]

    operations = [
        migrations.AddField(
            "searchrow",
            "summary_words",
            models.TextField(blank=True, default=""),
            preserve_default=False,
        ),
        migrations.RunPython(make, unmake),
    ]
