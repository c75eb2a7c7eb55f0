"""How secret a report is, and what the roster said of one who signed alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0006_calls_counted"),
        ("incidents", "0007_food_histories"),
        ("reporting", "0016_trial_reports"),
    ]

    operations = [
        migrations.AddField(
            model_name="document",
            name="secrecy",
            field=models.CharField(
                blank=True,
                choices=[("", "不标注"), ("secret", "秘密"), ("confidential", "机密"), ("top", "绝密")],
                default="",
                max_length=12,
            ),
        ),
        migrations.AddField(
            model_name="document",
            name="secret_for",
            field=models.CharField(blank=True, max_length=10),
        ),
        migrations.AddField(
            model_name="signeddocument",
            name="alone_roster",
            field=models.CharField(
                blank=True,
                choices=[("nobody_else", "值班表上没有其他人"), ("unreached", "值班的其他人员联系不上")],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="document",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("secrecy", ""), _negated=True), ("secret_for", ""), _connector="OR"
                ),
                name="reporting_only_what_is_secret_has_a_term",
            ),
        ),
    ]
