"""What somebody reaches, as a function of PostgreSQL: there a session plans it once, and not for every list.

It answers what ``models_catalog/repos/reach.py`` describes and asks as a sub-query on SQLite. A migration that changes its
tables must make it anew; tests/models_catalog/repos/test_visible_to.py asks both databases the same questions.
"""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION models_catalog_reached(for_person bigint, today date, working text[], reading text[])
RETURNS bigint[] LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN ARRAY(
        SELECT o.namespace_id * 4 + (p.codename = ANY (working))::int
        FROM accounts_user_groups m
        JOIN accounts_organizationgrouppermission g ON g.group_id = m.group_id
        JOIN auth_permission p ON p.id = g.permission_id
        JOIN accounts_organization o ON o.id = g.content_object_id
        WHERE m.user_id = for_person AND p.codename = ANY (working || reading)
        UNION ALL
        SELECT o.namespace_id * 4 + (p.codename = ANY (working))::int
        FROM accounts_organizationuserpermission g
        JOIN auth_permission p ON p.id = g.permission_id
        JOIN accounts_organization o ON o.id = g.content_object_id
        WHERE g.user_id = for_person AND p.codename = ANY (working || reading)
        UNION ALL
        SELECT g.content_object_id * 4 + 2 + (p.codename = ANY (working))::int
        FROM models_catalog_repouserpermission g
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE g.user_id = for_person AND p.codename = ANY (working || reading)
            AND (g.expires_on IS NULL OR g.expires_on >= today)
        UNION ALL
        SELECT g.content_object_id * 4 + 2 + (p.codename = ANY (working))::int
        FROM accounts_user_groups m
        JOIN models_catalog_repogrouppermission g ON g.group_id = m.group_id
        JOIN auth_permission p ON p.id = g.permission_id
        WHERE m.user_id = for_person AND p.codename = ANY (working || reading)
            AND (g.expires_on IS NULL OR g.expires_on >= today)
    );
END $$
"""


def make(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute(FUNCTION)


def unmake(apps, schema_editor):
    if schema_editor.connection.vendor == "postgresql":
        schema_editor.execute("DROP FUNCTION models_catalog_reached(bigint, date, text[], text[])")


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0008_list_recalled_files"),
        ("accounts", "0003_robots_teams_and_defaults"),
        ("auth", "0012_alter_user_first_name_max_length"),
    ]
    operations = [migrations.RunPython(make, unmake)]
