"""Decisions are about threads: changes are some of them, requests will be others. First the column, empty."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("models_catalog", "0007_know_requests_among_threads"),
        ("governance", "0009_tell_people_of_events"),
    ]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="discussion",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="models_catalog.discussion",
            ),
        ),
    ]
