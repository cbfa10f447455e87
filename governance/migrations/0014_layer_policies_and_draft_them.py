"""Policies of the hub, of teams and of single models beside those of namespaces; drafts that change them."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


def supersede(apps, schema_editor):
    """Every version but the newest of a namespace was superseded by the next one."""
    Policy = apps.get_model("governance", "Policy")
    later = Policy.objects.filter(
        namespace=models.OuterRef("namespace"), number=models.OuterRef("number") + 1
    )
    Policy.objects.update(superseded_at=models.Subquery(later.values("created_at")[:1]))


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0002_end_sessions'),
        ('auth', '0012_alter_user_first_name_max_length'),
        ('governance', '0013_take_requests'),
        ('models_catalog', '0003_keep_who_downloaded'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='PolicyDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('layer', models.CharField(choices=[('hub', 'Hub'), ('namespace', 'Organisation'), ('team', 'Team'), ('repo', 'Model')], db_default='namespace', max_length=10)),
                ('number', models.PositiveIntegerField()),
                ('preset', models.CharField(blank=True, choices=[('open', 'Open'), ('light', 'Light'), ('strict', 'Strict')], max_length=10)),
                ('rules', models.JSONField(default=dict)),
                ('note', models.TextField()),
                ('base_number', models.PositiveIntegerField()),
                ('digest', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('proposed', 'Proposed'), ('in_force', 'In force'), ('dropped', 'Dropped')], default='draft', max_length=10)),
                ('reason', models.TextField(blank=True)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
            ],
        ),
        migrations.RemoveConstraint(
            model_name='policy',
            name='one_policy_version',
        ),
        migrations.AddField(
            model_name='policy',
            name='approved_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policy',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='auth.group'),
        ),
        migrations.AddField(
            model_name='policy',
            name='layer',
            field=models.CharField(choices=[('hub', 'Hub'), ('namespace', 'Organisation'), ('team', 'Team'), ('repo', 'Model')], db_default='namespace', max_length=10),
        ),
        migrations.AddField(
            model_name='policy',
            name='note',
            field=models.TextField(blank=True, db_default=''),
        ),
        migrations.AddField(
            model_name='policy',
            name='repo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='models_catalog.repo'),
        ),
        migrations.AddField(
            model_name='policy',
            name='superseded_at',
            field=models.DateTimeField(null=True),
        ),
        migrations.AlterField(
            model_name='policy',
            name='namespace',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.namespace'),
        ),
        migrations.AlterField(
            model_name='policy',
            name='preset',
            field=models.CharField(blank=True, choices=[('open', 'Open'), ('light', 'Light'), ('strict', 'Strict')], max_length=10),
        ),
        migrations.AddIndex(
            model_name='policy',
            index=models.Index(condition=models.Q(('superseded_at', None)), fields=['layer'], name='policy_in_force'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('layer', 'namespace')), fields=('namespace', 'number'), name='one_policy_version'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('layer', 'hub')), fields=('number',), name='one_hub_policy_version'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('layer', 'team')), fields=('group', 'number'), name='one_team_policy_version'),
        ),
        migrations.AddConstraint(
            model_name='policy',
            constraint=models.UniqueConstraint(condition=models.Q(('layer', 'repo')), fields=('repo', 'number'), name='one_repo_policy_version'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='decided_by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='group',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='auth.group'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='made_by',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='namespace',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='accounts.namespace'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='policy',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.policy'),
        ),
        migrations.AddField(
            model_name='policydraft',
            name='repo',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='models_catalog.repo'),
        ),
        migrations.AddConstraint(
            model_name='policydraft',
            constraint=models.UniqueConstraint(fields=('namespace', 'number'), name='one_draft_number'),
        ),
        migrations.AddConstraint(
            model_name='policydraft',
            constraint=models.UniqueConstraint(condition=models.Q(('layer', 'hub')), fields=('number',), name='one_hub_draft_number'),
        ),
        migrations.RunPython(supersede, migrations.RunPython.noop),
    ]
