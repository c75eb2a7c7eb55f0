"""What is kept of a drill is never changed: how its clock ran, who took part, what was refused, what came of it."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("drills", "0001_initial"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "drills_drill",
            "drills_drillturn",
            "drills_drilljoining",
            "drills_injectreceipt",
            "drills_drillrefusal",
            "drills_drillscore",
        )
    ]
