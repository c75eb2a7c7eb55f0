"""Signed reports and what became of them are never changed: a correction is a new version."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0008_documents"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "reporting_signeddocument",
            "reporting_documentfile",
            "reporting_countersignature",
            "reporting_documentdispatch",
            "reporting_documentreceipt",
        )
    ]
