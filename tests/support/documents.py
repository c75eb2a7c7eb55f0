"""Reports for tests, written, signed and sent through the actions by persons of the county's own offices."""

from datetime import datetime
from typing import Any

from incidents.models import Incident
from reporting.actions.dispatching import send_document
from reporting.actions.documents import draft_document, edit_document
from reporting.actions.signing import sign_document
from reporting.models import Document, DocumentDispatch, DocumentKind, SendChannel, SignedDocument
from tests.support.clocks import COUNTY, DUTY_ROOM, OFFICE, after
from tests.support.people import actor, organisation

DRAFTER, SIGNER = "330212-regulator", "330212-fso"
EVERYTHING = {
    "occurred": "2026年5月1日12时00分。",
    "place": "鄞州区甬江饭店。",
    "unit": "甬江饭店。",
    "illness": "恶心、呕吐；可疑食品：凉拌海蜇。",
    "extent": "涉及1个区县（市）：鄞州区。",
    "sensitive": "无。",
    "course": "5月1日中午聚餐后陆续发病。",
    "measures": "封存可疑食品；分管副区长到达现场。",
    "outlook": "趋于平稳；继续排查。",
    "level": "较大食品安全事故（Ⅲ级）。",
    "findings": "副溶血性弧菌。",
    "contact": "李昇 0574-00000000",
}


def draft(
    case: Incident,
    kind: DocumentKind = DocumentKind.FIRST,
    *,
    by: str = DRAFTER,
    at: datetime | None = None,
    **text: Any,
) -> Document:
    """A draft of the county's, with these fields written over what was drafted."""
    moment = at or after(10)
    made = draft_document(incident=case, bearer=organisation(COUNTY), kind=kind, by=actor(by), at=moment)
    return edit_document(document=made, text=text, by=actor(by), at=moment)


def signed(
    case: Incident, kind: DocumentKind = DocumentKind.FIRST, *, at: datetime | None = None, **text: Any
) -> SignedDocument:
    """A report written by one office of the county and signed by another."""
    moment = at or after(10)
    made = draft(case, kind, at=moment, **{"contact": EVERYTHING["contact"], **text})
    return sign_document(document=made, by=actor(SIGNER), at=moment)


def sent(
    report: SignedDocument,
    *to: str,
    at: datetime,
    channel: SendChannel = SendChannel.SYSTEM,
    by: str = DRAFTER,
) -> list[DocumentDispatch]:
    """A signed report on its way to the two offices the plan names, or to those given."""
    recipients = [organisation(code) for code in to or (DUTY_ROOM, OFFICE)]
    return send_document(signed=report, recipients=recipients, channel=channel, by=actor(by), at=at)


def texts(content: dict[str, Any]) -> dict[str, str]:
    """What a report says, by field."""
    return {field["code"]: field["text"] for field in content["fields"]}


def documents_for_doors(case: Incident, *, at: datetime) -> dict[str, int]:
    """A 初报 faxed to the duty room, and a draft: what the doors to reports lead to."""
    report = signed(case, at=at)
    (dispatch,) = sent(report, DUTY_ROOM, at=at, channel=SendChannel.FAX)
    waiting = draft(case, DocumentKind.FINAL, at=at)
    return {
        **dict.fromkeys(
            ("reporting:document", "reporting:document_file", "reporting:document_act"), report.document_id
        ),
        "reporting:edit_document": waiting.pk,
        "reporting:receipt": dispatch.pk,
    }
