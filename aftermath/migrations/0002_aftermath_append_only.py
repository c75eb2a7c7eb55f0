"""Entries of the aftermath and its declarations are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("aftermath", "0001_aftermath"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "aftermath_caretask",
            "aftermath_cost",
            "aftermath_finish",
            "aftermath_insuranceclaim",
            "aftermath_insurancenotice",
            "aftermath_liability",
            "aftermath_payment",
            "aftermath_requisition",
        )
    ]
