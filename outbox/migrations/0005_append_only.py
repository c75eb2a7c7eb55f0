from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("outbox", "0004_channels_and_climbing"), ("audit", "0002_chain")]

    operations = [append_only("outbox_climb")]
