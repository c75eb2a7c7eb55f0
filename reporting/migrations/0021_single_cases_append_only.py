"""Single cases, what signals rest on and what was decided of them are never changed: a correction is a new row."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0020_single_cases_and_signals"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "reporting_singlecase",
            "reporting_signalevidence",
            "reporting_signaldecision",
        )
    ]
