"""Decisions on suspicions (7.3) are never changed."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0003_logins_hold_from"),
        ("incidents", "0004_lineage"),
        ("reporting", "0006_find_by_start"),
        ("response", "0009_command_machinery"),
    ]

    operations = [
        migrations.CreateModel(
            name="AccountabilityEntry",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "decision",
                    models.CharField(choices=[("opened", "立案"), ("dismissed", "不立案")], max_length=10),
                ),
                (
                    "ground",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_reported", "未进行处置、报告"),
                            ("evidence", "隐匿、伪造、毁灭有关证据"),
                            ("consequences", "造成严重后果"),
                            ("concealed", "瞒报"),
                            ("delayed", "缓报"),
                            ("falsified", "谎报"),
                            ("omitted", "漏报"),
                            ("dereliction", "应急处置工作中其他失职、渎职行为"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "clauses",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None
                    ),
                ),
                (
                    "frozen",
                    models.JSONField(
                        blank=True, default=dict, help_text="the record as it was, by ids and instants"
                    ),
                ),
                ("reason", models.CharField(max_length=500)),
                ("form_token", models.UUIDField(blank=True, null=True, unique=True)),
                ("recorded_by", models.CharField(max_length=80)),
                ("recorded_at", models.DateTimeField()),
                (
                    "accused",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "fact",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="incidents.fact",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="accountability",
                        to="incidents.incident",
                    ),
                ),
                (
                    "obligation",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.obligation",
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
                "verbose_name_plural": "accountability entries",
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decision", "opened"), models.Q(("ground", ""), _negated=True)),
                            models.Q(("decision", "dismissed"), ("ground", "")),
                            _connector="OR",
                        ),
                        name="response_file_has_ground",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("obligation__isnull", True), ("fact__isnull", True), _connector="OR"
                        ),
                        name="response_one_subject",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("decision", "opened"),
                            ("obligation__isnull", False),
                            ("fact__isnull", False),
                            _connector="OR",
                        ),
                        name="response_only_a_prompt_is_dismissed",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="response_accountability_has_reason",
                    ),
                ],
            },
        ),
        append_only("response_accountabilityentry"),
    ]
