"""Merges and splits, each a row that stays; counties a part brought along leave with it."""

import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("incidents", "0003_list_by_change"),
        ("audit", "0002_chain"),
    ]

    operations = [
        migrations.AddField(
            model_name="involvedcounty",
            name="through",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="incidents.incident",
            ),
        ),
        migrations.CreateModel(
            name="Lineage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(choices=[("merge", "并入"), ("split", "拆出")], max_length=8)),
                ("reason", models.CharField(max_length=300)),
                ("recorder", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "part",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lineage",
                        to="incidents.incident",
                    ),
                ),
                (
                    "takes_back",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back_by",
                        to="incidents.lineage",
                    ),
                ),
                (
                    "whole",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="incidents.incident"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "merge"), ("takes_back__isnull", True)),
                            models.Q(("kind", "split"), ("takes_back__isnull", False)),
                            _connector="OR",
                        ),
                        name="incidents_split_takes_back_a_merge",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("whole", models.F("part")), _negated=True),
                        name="incidents_lineage_of_two",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True), name="incidents_lineage_has_reason"
                    ),
                ],
            },
        ),
        append_only("incidents_lineage"),
    ]
