"""Clocks of operators and units, oral explanations, and what is inherited at a split."""

import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("incidents", "0004_lineage"),
        ("reporting", "0002_append_only"),
    ]

    operations = [
        migrations.AddField(
            model_name="delivery",
            name="inherited_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="inherited_by",
                to="reporting.delivery",
            ),
        ),
        migrations.AddField(
            model_name="obligation",
            name="inherited_from",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reporting.obligation",
            ),
        ),
        migrations.AlterField(
            model_name="delivery",
            name="leg",
            field=models.CharField(
                choices=[
                    ("phone", "电话或紧急信息渠道"),
                    ("written", "书面"),
                    ("system", "系统送达"),
                    ("report", "报告"),
                ],
                max_length=10,
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="ground",
            field=models.CharField(
                choices=[
                    ("first_limb", "较大以上食品安全事故"),
                    ("second_limb", "重要活动期间"),
                    ("cluster", "聚集性病例"),
                    ("operator", "生产经营者发现危害"),
                    ("unit", "单位发生急性群体性健康损害"),
                ],
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="obligation",
            name="leg",
            field=models.CharField(
                choices=[
                    ("phone", "电话或紧急信息渠道"),
                    ("written", "书面"),
                    ("system", "系统送达"),
                    ("report", "报告"),
                ],
                max_length=10,
            ),
        ),
        migrations.CreateModel(
            name="OralExplanation",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("lodged_at", models.DateTimeField()),
                ("reason", models.CharField(max_length=300)),
                ("promised_at", models.DateTimeField(blank=True, null=True)),
                ("receiver", models.CharField(help_text="the official who was told", max_length=60)),
                ("is_back_entry", models.BooleanField(default=False)),
                ("entered_by", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=80)),
                ("entered_at", models.DateTimeField()),
                (
                    "bearer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
                (
                    "incident",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="explanations",
                        to="incidents.incident",
                    ),
                ),
                (
                    "inherited_from",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reporting.oralexplanation",
                    ),
                ),
                (
                    "recipient",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="accounts.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["incident", "bearer"], name="reporting_explanations_of")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("reason", ""), _negated=True),
                        name="reporting_explanation_has_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("lodged_at__lte", models.F("entered_at"))),
                        name="reporting_lodged_before_entered",
                    ),
                ],
            },
        ),
        append_only("reporting_oralexplanation"),
    ]
