"""Facts, cases, assessments and confirmations are never changed: a correction is a new row."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("incidents", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "incidents_fact", "incidents_case", "incidents_assessmentrecord", "incidents_levelconfirmation"
        )
    ]
