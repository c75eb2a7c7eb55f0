"""What the inboxes are told about a report that was signed by one person alone: never who it was (architecture: at 2 a.m.)."""

from collections.abc import Iterable
from typing import Final

from django.utils.translation import gettext as _

from outbox.actions.messages import Owed
from reporting.alerts import LONGEST_TITLE, moment
from reporting.countersignatures import countersign_due_at
from reporting.models import SignedDocument

ASKED: Final = "countersign"
LATE: Final = "countersign_late"


def countersign_messages(signed: SignedDocument, codes: Iterable[str], *, is_late: bool) -> list[Owed]:
    """Return the messages that ask another person to countersign; once overdue, somebody has to acknowledge them."""
    incident = signed.incident.merged_into or signed.incident
    words = {
        "number": incident.number,
        "bearer": signed.document.bearer.name,
        "name": signed.content["name"],
        "signed": moment(signed.signed_at),
        "due": moment(countersign_due_at(signed)),
    }
    title = _("【待补签】%(number)s：%(bearer)s的%(name)s由一人拟稿并签发")
    if is_late:
        title = _("【补签逾期】%(number)s：%(bearer)s的%(name)s由一人拟稿并签发，仍未补签")
    body = _("%(signed)s签发。请另一人核对后补签，至%(due)s。补签期限由系统设定，不是预案规定的时限。")
    kind = LATE if is_late else ASKED
    return [
        Owed(
            dedupe_key=f"{kind}:{signed.pk}:{code}",
            recipient=code,
            kind=kind,
            title=(title % words)[:LONGEST_TITLE],
            body=body % words,
            link=f"/incidents/{incident.number}/documents/{signed.document_id}/",
            chain=incident.chain,
            drill=incident.is_drill,
            is_alarm=is_late,
        )
        for code in codes
    ]
