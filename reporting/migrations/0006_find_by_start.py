"""Clocks are found by the day on which their hours began."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("reporting", "0005_public_append_only")]

    operations = [
        migrations.AddIndex(
            model_name="obligation",
            index=models.Index(fields=["anchor_latest"], name="reporting_obl_by_start"),
        ),
    ]
