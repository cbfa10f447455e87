"""Every decision names the thread of its change."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import OuterRef, Subquery


def name_threads(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """One statement, whatever the number of decisions."""
    decision = apps.get_model("governance", "Decision")
    change = apps.get_model("models_catalog", "Change")
    thread = change.objects.filter(pk=OuterRef("change")).values("discussion")
    decision.objects.filter(discussion=None).update(discussion=Subquery(thread))


class Migration(migrations.Migration):
    dependencies = [("governance", "0010_let_decisions_name_their_thread")]

    operations = [migrations.RunPython(name_threads, migrations.RunPython.noop)]
