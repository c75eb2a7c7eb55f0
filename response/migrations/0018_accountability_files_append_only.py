"""What a file gathered is never changed."""

from django.db import migrations

from audit.append_only import append_only


class Migration(migrations.Migration):
    dependencies = [("response", "0017_accountability_files"), ("audit", "0002_chain")]

    operations = [
        append_only(
            "response_accountabilityevidence",
            "response_accountabilityquestion",
            "response_accountabilityanswer",
            "response_referral",
            "response_referralfile",
            "response_referralstatus",
            "response_accountabilityoutcome",
            "response_accountabilityclosing",
        )
    ]
