"""Patients, what happened to them and findings about the agent are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0006_patients"), ("audit", "0002_chain")]

    operations = [append_only("response_patient", "response_patientevent", "response_agentfinding")]
