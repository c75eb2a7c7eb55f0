"""Drafts, trials, reviews, county plans and inspections are never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("editions", "0001_editions_and_county_plans"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "editions_draft",
            "editions_effectrun",
            "editions_effectline",
            "editions_planreview",
            "editions_countyplan",
            "editions_inspection",
            "editions_finding",
            "editions_findingstep",
            "editions_lawnote",
        )
    ]
