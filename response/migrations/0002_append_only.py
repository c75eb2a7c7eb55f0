"""Reports, decisions, headquarters, appointments and the command log are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0001_response"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "response_assessmentreport",
            "response_conditionreport",
            "response_decision",
            "response_headquarters",
            "response_commanderappointment",
            "response_commandentry",
        )
    ]
