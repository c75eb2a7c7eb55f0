"""Handovers and their takings are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0013_shift_handovers"), ("audit", "0002_chain")]

    operations = [append_only("response_shifthandover", "response_shifttaking")]
