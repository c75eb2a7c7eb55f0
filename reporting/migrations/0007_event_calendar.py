"""The calendar of important events, and the clocks that run under it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0002_managers_stand_ins_and_key_networks"),
        ("incidents", "0004_lineage"),
        ("reporting", "0006_find_by_start"),
    ]

    operations = [
        migrations.CreateModel(
            name="ImportantEvent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=80)),
                (
                    "scope",
                    models.CharField(choices=[("national", "全国性"), ("regional", "区域性")], max_length=10),
                ),
                (
                    "counties",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), blank=True, default=list, size=None
                    ),
                ),
                ("place_name", models.CharField(blank=True, max_length=80)),
                ("starts_at", models.DateTimeField()),
                ("ends_at", models.DateTimeField()),
                ("first_id", models.BigIntegerField(blank=True, null=True)),
                ("is_cancelled", models.BooleanField(default=False)),
                ("reason", models.CharField(blank=True, max_length=300)),
                ("is_drill", models.BooleanField(default=False)),
                ("is_demo", models.BooleanField(default=False)),
                ("entered_by", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=80)),
                ("entered_at", models.DateTimeField()),
                (
                    "replaces",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaced_by",
                        to="reporting.importantevent",
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="obligation",
            name="event",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="reporting.importantevent",
            ),
        ),
        migrations.AddConstraint(
            model_name="obligation",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("event__isnull", False), ("ground", "second_limb")),
                    models.Q(models.Q(("ground", "second_limb"), _negated=True), ("event__isnull", True)),
                    _connector="OR",
                ),
                name="reporting_second_limb_has_event",
            ),
        ),
        migrations.AddConstraint(
            model_name="importantevent",
            constraint=models.CheckConstraint(
                condition=models.Q(("starts_at__lte", models.F("ends_at"))), name="reporting_event_period"
            ),
        ),
        migrations.AddConstraint(
            model_name="importantevent",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("first_id__isnull", True),
                        ("is_cancelled", False),
                        ("reason", ""),
                        ("replaces__isnull", True),
                    ),
                    models.Q(
                        ("first_id__isnull", False),
                        ("replaces__isnull", False),
                        models.Q(("reason", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="reporting_event_change_has_reason",
            ),
        ),
        append_only("reporting_importantevent"),
    ]
