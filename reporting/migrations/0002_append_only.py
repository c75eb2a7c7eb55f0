"""Raw bodies, stage events and deliveries are never changed: a correction is a new row."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0001_initial"), ("audit", "0002_chain")]

    operations = [append_only("reporting_intake", "reporting_stageevent", "reporting_delivery")]
