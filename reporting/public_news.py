"""What the county regulator's inbox is told about public reports: number, county and a link, nothing of what was said."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction, Organisation
from outbox.actions.messages import Owed
from plan.offices import OfficeKind
from reporting.alerts import moment
from reporting.models import PublicReport


def regulator_of(county: Jurisdiction) -> Organisation:
    """Return the county's food-safety regulator, to whom the public reports (5.1(1), 5.1(2), 5.1(4))."""
    return Organisation.objects.select_related("jurisdiction__host").get(
        kind=OfficeKind.COUNTY_REGULATOR, jurisdiction=county
    )


def received_news(report: PublicReport) -> Owed:
    """Return the message that a report has come; of those set aside one in an hour and for one source."""
    if report.is_held:
        return _owed(
            report,
            f"public-held:{report.source}:{report.received_at:%Y%m%d%H}",
            _("【公众报告】%(area)s：同一来源的大量报告已另列"),
            _("自第%(number)s号起，同一网络来源一小时内的报告超过常量，已逐份收下，列在分办清单最后。"),
        )
    return _owed(
        report,
        f"public:{report.pk}:{report.reached_at.isoformat()}",
        _("【公众报告】%(area)s：第%(number)s号，待分办"),
        _("%(kind)s报告，%(time)s收到（预案5.1）。请查看并分办。"),
    )


def addition_news(report: PublicReport, at: datetime) -> Owed:
    """Return the message that the sender of a report has added something."""
    return _owed(
        report,
        f"public:{report.pk}:added:{at.isoformat()}",
        _("【公众报告】%(area)s：第%(number)s号有补充"),
        _("报告人补充了情况，请查看（预案5.2）。"),
    )


def _owed(report: PublicReport, key: str, title: str, body: str) -> Owed:
    recipient = regulator_of(report.county).code
    words = {
        "area": report.county.name,
        "number": report.pk,
        "kind": report.get_kind_display(),
        "time": moment(report.received_at),
    }
    return Owed(
        dedupe_key=f"{key}:{recipient}",
        recipient=recipient,
        kind="public_report",
        title=title % words,
        body=body % words,
        # Written out: the address is of a page above; a test compares it with the address.
        link=f"/triage/{report.pk}/",
        chain=report.chain,
    )
