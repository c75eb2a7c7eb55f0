"""What was observed, found, signed, issued, answered and shared is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0001_monitoring"), ("audit", "0002_chain")]

    operations = [
        append_only(
            *("monitoring_observation", "monitoring_hazard", "monitoring_hazardact"),
            *(
                "monitoring_warningsignature",
                "monitoring_bulletin",
                "monitoring_answer",
                "monitoring_sharing",
            ),
        )
    ]
