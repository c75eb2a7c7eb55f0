"""What decisions rest on, and who was reminded, is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0015_what_decisions_rest_on"), ("audit", "0002_chain")]

    operations = [append_only("response_findingevidence", "response_levelbasis", "response_urging")]
