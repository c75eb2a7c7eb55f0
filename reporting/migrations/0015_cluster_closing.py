"""Hospitals' word that a cluster has no further cases."""

import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0014_notices_and_leaps"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClusterClosing",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("closed_by", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=80)),
                ("closed_at", models.DateTimeField()),
                (
                    "report",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="closing",
                        to="reporting.report",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        append_only("reporting_clusterclosing"),
    ]
