"""Records of measures, of tasks, of disputes and groups' reports are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0003_measures_and_groups")]

    operations = [
        append_only(
            "response_measurerecord",
            "response_taskentry",
            "response_disputeentry",
            "response_groupreport",
        )
    ]
