"""Decisions bind to the rules in force, not only to the version of the namespace's policy."""

import hashlib
import json

from django.db import migrations, models

BATCH = 500


def fill(apps, schema_editor):
    """So far the rules in force are those of the policy that a decision was made under."""
    Policy = apps.get_model("governance", "Policy")
    Decision = apps.get_model("governance", "Decision")
    for policy in Policy.objects.only("pk", "rules").iterator(chunk_size=BATCH):
        canonical = json.dumps(
            policy.rules, sort_keys=True, separators=(",", ":"), ensure_ascii=False
        )
        digest = hashlib.sha256(canonical.encode()).hexdigest()
        Decision.objects.filter(policy_id=policy.pk).update(rules_digest=digest)


class Migration(migrations.Migration):
    dependencies = [("governance", "0006_read_the_record_of_the_hub")]

    operations = [
        migrations.AddField(
            model_name="decision",
            name="rules_digest",
            field=models.CharField(db_default="", max_length=64),
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
