"""A decision belongs to a thread and no longer to a change."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("governance", "0011_move_decisions_to_their_threads")]

    operations = [
        migrations.RemoveConstraint(model_name="decision", name="one_standing_decision"),
        migrations.RemoveIndex(model_name="decision", name="decision_in_order"),
        migrations.RemoveField(model_name="decision", name="change"),
        migrations.AlterField(
            model_name="decision",
            name="discussion",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE,
                related_name="decisions",
                to="models_catalog.discussion",
            ),
        ),
        migrations.AddIndex(
            model_name="decision",
            index=models.Index(fields=["discussion", "id"], name="decision_in_thread"),
        ),
        migrations.AddConstraint(
            model_name="decision",
            constraint=models.UniqueConstraint(
                condition=models.Q(("voided_at__isnull", True)),
                fields=("discussion", "reviewer"),
                name="one_decision_stands",
            ),
        ),
    ]
