"""Targets of the house where the plan names no hours."""

from django.db import migrations, models

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [
        ("reporting", "0012_duties_without_hours"),
    ]

    operations = [
        migrations.CreateModel(
            name="HouseTarget",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("duty", models.CharField(max_length=12)),
                ("minutes", models.PositiveIntegerField(blank=True, null=True)),
                ("set_by", models.CharField(max_length=80)),
                ("office", models.CharField(blank=True, max_length=80)),
                ("set_at", models.DateTimeField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__isnull", True), ("minutes__gt", 0), _connector="OR"),
                        name="reporting_house_target_positive",
                    )
                ],
            },
        ),
        append_only("reporting_housetarget"),
    ]
