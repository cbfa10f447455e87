from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hub", "0001_initial")]

    operations = [
        migrations.AddField("job", "is_wanted_again", models.BooleanField(default=False)),
    ]
