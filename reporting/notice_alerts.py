"""What the inboxes are told about duties without hours: who told whom what, never who gave a tip-off (预案 5.1(4)–(7))."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from accounts.models import Organisation
from incidents.models import Incident
from outbox.actions.messages import Owed
from plan.offices import BY_NAME_ALONE, OfficeKind
from reporting.alerts import LONGEST_TITLE, leg_label, level_said
from reporting.models import Delivery, Leap, Obligation


def arrival_messages(deliveries: Iterable[Delivery], incident: Incident) -> list[Owed]:
    """Return the messages by which this system delivers: to have it in the inbox is to have it (预案 5.1, A18)."""
    title = _("【%(leg)s】%(number)s：%(bearer)s")
    body = _("%(area)s，%(level)s。已由系统送达%(recipient)s，具体情况见事故页。")
    return [
        _owed(each.recipient.code, f"arrival:{each.pk}", (title, body), _words(each, incident))
        for each in deliveries
        if each.recipient.kind not in BY_NAME_ALONE
    ]


def owed_messages(obligations: Iterable[Obligation], incident: Incident) -> list[Owed]:
    """Return the messages that tell offices what they owe whom; the plan names no hours, so none are told (A19).

    Of a bearer on record by name alone, which has no inbox, whoever waits for its report hears.
    """
    title = _("【待%(leg)s】%(number)s：请向%(recipient)s%(leg)s")
    body = _("%(area)s，%(level)s。%(bearer)s须向%(recipient)s%(leg)s（预案%(clause)s），预案未定时数。")
    return [
        _owed(
            told.code,
            f"notice_owed:{each.pk}",
            (title, body),
            _words(each, incident) | {"clause": each.clause},
        )
        for each in obligations
        for told in [side for side in (each.bearer, each.recipient) if side.kind not in BY_NAME_ALONE][:1]
    ]


def _words(of: Delivery | Obligation, incident: Incident) -> dict[str, str]:
    return {
        "number": incident.number,
        "area": incident.county.name,
        "level": level_said(incident),
        "bearer": of.bearer.name,
        "recipient": of.recipient.name,
        "leg": leg_label(of.leg),
        "drill": "1" if incident.is_drill else "",
        "chain": incident.chain,
    }


def _owed(recipient: str, about: str, text: tuple[str, str], words: dict[str, str]) -> Owed:
    title, body = text
    return Owed(
        dedupe_key=f"{about}:{recipient}",
        recipient=recipient,
        kind=about.partition(":")[0],
        title=(title % words)[:LONGEST_TITLE],
        body=body % words,
        link=f"/incidents/{words['number']}/",
        chain=words["chain"],
        drill=bool(words["drill"]),
    )


def review_messages(leap: Leap, incident: Incident) -> list[Owed]:
    """Return the message that asks the city's office to look at a leap on a ground the plan doesn't name (预案 5.1(7), A25)."""
    title = _("【待复核】%(number)s：越级报告的理由不在预案所列")
    body = _("%(area)s，%(level)s。报告已接收，请复核越级理由。")
    return [
        Owed(
            dedupe_key=f"leap:{leap.pk}:{office}",
            recipient=office,
            kind="leap",
            title=title % {"number": incident.number},
            body=body % {"area": incident.county.name, "level": level_said(incident)},
            link=f"/incidents/{incident.number}/",
            # What complains of a level leaves no trace on the incident's own chain, which that level reads.
            chain=f"org:{office}" if leap.withheld_reason else incident.chain,
            drill=incident.is_drill,
        )
        for office in Organisation.objects.filter(kind=OfficeKind.CITY_COMMISSION_OFFICE).values_list(
            "code", flat=True
        )
    ]
