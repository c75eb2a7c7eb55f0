"""What the public said and showed, and to whom it was passed on, is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("reporting", "0004_public_reports"), ("audit", "0002_chain")]

    operations = [
        append_only("reporting_publicstatement", "reporting_publicphoto", "reporting_publicpassing")
    ]
