"""Calls counted while Redis is away."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0005_test_keys"),
    ]

    operations = [
        migrations.CreateModel(
            name="KeyUse",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "scope",
                    models.CharField(
                        choices=[("cluster:write", "报送聚集性病例"), ("cluster:read", "查询本院报告")],
                        max_length=20,
                    ),
                ),
                ("minute", models.DateTimeField()),
                ("calls", models.PositiveIntegerField()),
                (
                    "key",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="accounts.hospitalkey",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("key", "scope"), name="accounts_one_count_per_key")
                ],
            },
        ),
    ]
