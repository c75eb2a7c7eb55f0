"""Keys for trying out."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0004_duty_roster"),
    ]

    operations = [
        migrations.AddField(
            model_name="hospitalkey",
            name="is_test",
            field=models.BooleanField(default=False),
        ),
    ]
