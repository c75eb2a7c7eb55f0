"""What was used, put back, held, evaluated and set is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("readiness", "0001_registers"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "readiness_stockuse",
            "readiness_replenishment",
            "readiness_helddrill",
            "readiness_drillevaluation",
            "readiness_checkinterval",
        )
    ]
