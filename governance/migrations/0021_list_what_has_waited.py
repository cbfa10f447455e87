"""What was opened before queues had rows of their own gets one; what was found is filled in by the hub's sweep."""

from datetime import timedelta

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

BATCH = 1000
DUE_AFTER = timedelta(days=7)
ENDED = ("merged", "granted", "closed")


def list_threads(apps: Apps, _editor: BaseDatabaseSchemaEditor) -> None:
    """Some threads at a time, by their ids; one that has a row already keeps it, so that it can be run again."""
    thread = apps.get_model("models_catalog", "Discussion")
    entry = apps.get_model("governance", "QueueEntry")
    kinds = apps.get_model("governance", "ReviewRequest").objects
    asked = thread.objects.exclude(change=None, is_request=False).select_related("repo")
    last = 0
    while some := list(asked.filter(pk__gt=last).order_by("pk")[:BATCH]):
        last = some[-1].pk
        known = dict(kinds.filter(discussion__in=some).values_list("discussion", "kind"))
        rows = [
            entry(
                discussion=each,
                repo=each.repo,
                namespace_id=each.repo.namespace_id,
                kind=known.get(each.pk, "publish"),
                opened_at=each.created_at,
                due_at=each.created_at + DUE_AFTER,
                ended_at=each.closed_at if each.state in ENDED else None,
            )
            for each in some
        ]
        entry.objects.bulk_create(rows, ignore_conflicts=True)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("governance", "0020_list_what_waits")]

    operations = [migrations.RunPython(list_threads, migrations.RunPython.noop)]
