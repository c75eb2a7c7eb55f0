"""A branch of its own where an epidemic is involved."""

import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_managers_stand_ins_and_key_networks"),
        ("incidents", "0004_lineage"),
        ("response", "0004_measures_append_only"),
    ]

    operations = [
        migrations.CreateModel(
            name="EpidemicBranch",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("disease", models.CharField(max_length=80)),
                ("note", models.TextField(blank=True)),
                ("opened_by", models.CharField(max_length=80)),
                ("opened_at", models.DateTimeField()),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="epidemics",
                        to="incidents.incident",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "epidemic branches",
                "constraints": [
                    models.UniqueConstraint(fields=("incident", "disease"), name="response_epidemic_once")
                ],
            },
        ),
        append_only("response_epidemicbranch"),
    ]
