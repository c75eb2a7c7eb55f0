"""What was written, signed, sent and proposed after an incident is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("review", "0001_papers"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "review_paper",
            "review_paperrevision",
            "review_signedpaper",
            "review_paperfile",
            "review_paperdispatch",
            "review_paperreceipt",
            "review_investigationteam",
            "review_exchangeabove",
            "review_improvement",
            "review_improvementstep",
        )
    ]
