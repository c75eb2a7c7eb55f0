"""What the inboxes are told about duties without hours: who told whom what, never who gave a tip-off (预案 5.1(4)–(7))."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from incidents.models import Incident
from outbox.actions.messages import Owed
from reporting.alerts import LONGEST_TITLE, leg_label
from reporting.models import Delivery, Obligation


def arrival_messages(deliveries: Iterable[Delivery], incident: Incident) -> list[Owed]:
    """Return the messages by which this system delivers: to have it in the inbox is to have it (预案 5.1, A18)."""
    title = _("【%(leg)s】%(number)s：%(bearer)s")
    body = _("%(area)s，%(level)s级。已由系统送达%(recipient)s，具体情况见事故页。")
    return [
        _owed(each.recipient.code, f"arrival:{each.pk}", (title, body), _words(each, incident))
        for each in deliveries
    ]


def owed_messages(obligations: Iterable[Obligation], incident: Incident) -> list[Owed]:
    """Return the messages that tell offices what they owe whom; the plan names no hours, so none are told (A19)."""
    title = _("【待%(leg)s】%(number)s：请向%(recipient)s%(leg)s")
    body = _("%(area)s，%(level)s级。%(bearer)s须向%(recipient)s%(leg)s（预案%(clause)s），预案未定时数。")
    return [
        _owed(
            each.bearer.code,
            f"notice_owed:{each.pk}",
            (title, body),
            _words(each, incident) | {"clause": each.clause},
        )
        for each in obligations
    ]


def _words(of: Delivery | Obligation, incident: Incident) -> dict[str, str]:
    return {
        "number": incident.number,
        "area": incident.county.name,
        "level": incident.duty_level.numeral,
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
