"""The content of a report: all that is printed, as JSON; frozen by its hash when it is signed (5.1(8))."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import TextChoices

from audit.record import canonical_json
from audit.seals import utc
from outbox.actions.messages import DRILL_MARK
from plan.duties import DUTY_5_1_8
from plan.offices import OfficeKind
from reporting.documents.drafting import compared, drafted, editable, figures_text
from reporting.documents.fields import DocumentField, Need, fields_of
from reporting.documents.material import Material
from reporting.documents.wording import TO_FILL_IN, UNKNOWN, in_chinese, serial_name
from reporting.models import Document, DocumentKind, Secrecy, SignedAlone, Urgency

FORMAT: Final = "ningbo-document/1"
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Signing:
    """Who signs and when; nobody yet while it is a draft."""

    name: str = ""
    at: datetime | None = None
    alone_reason: str = ""
    alone_roster: str = ""


@in_chinese
def content_of(
    document: Document, found: Material, names: Mapping[str, str], signing: Signing | None = None
) -> Content:
    """Return what the document says now; `names` are people's by how the evidence log calls them."""
    name = serial_name(document.kind, document.serial)
    return {
        "format": FORMAT,
        "plan": document.incident.edition,
        "incident": document.incident.number,
        "ref": str(document.ref),
        "drill": DRILL_MARK if document.incident.is_drill else "",
        "kind": document.kind,
        "name": name,
        "version": document.version,
        "replaces": document.replaces.sha256 if document.replaces else "",
        "secrecy": "★".join(filter(None, [_label(Secrecy, document.secrecy), document.secret_for])),
        "urgency": "" if document.urgency == Urgency.PLAIN else _label(Urgency, document.urgency),
        "bearer": document.bearer.name,
        "title": f"关于{_event(document)}的{name}",
        "to": [document.recipient.name] if document.recipient else [each.label_zh for each in addressees()],
        "copies": document.copies,
        "fields": [
            {"code": field.code, "label": str(field.label), "text": text}
            for field, text in _texts(document, found)
        ],
        "figures": dict(found.figures.numbers),
        "compared": compared(found),
        "facts": found.fact_ids,
        "drafter": names.get(document.edited_by, ""),
        "checker": names.get(document.checked_by, ""),
        **_signed(signing or Signing()),
    }


def addressees() -> tuple[OfficeKind, ...]:
    """Return whom the plan names as recipients (5.1(8))."""
    return DUTY_5_1_8.recipients


def content_hash(content: Content) -> str:
    """Return the hash that is printed on every page of a signed document."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


@in_chinese
def said_in(document: Document, found: Material) -> dict[str, str]:
    """Return what each field says: what people wrote, else what the facts on record give, up to the signing."""
    written: dict[str, str] = document.text
    return drafted(document.kind, found) | written


def unsaid(document: Document, found: Material) -> list[DocumentField]:
    """Return the required fields that say neither what is known nor why it isn't (5.2, A26)."""
    said = said_in(document, found)
    return [
        field
        for field in editable(document.kind, is_late=found.late_min > 0)
        if field.need(document.kind) in {Need.REQUIRED, Need.IF_LATE}
        and not said.get(field.code)
        and not document.unknown.get(field.code)
    ]


def _texts(document: Document, found: Material) -> list[tuple[DocumentField, str]]:
    texts, given = [], said_in(document, found)
    for field in fields_of(document.kind):
        if field.figures:
            texts.append((field, figures_text(document.kind, found)))
            continue
        said, why = given.get(field.code, ""), document.unknown.get(field.code, "")
        if not said and why:
            said = f"不详（{why}）。"
        elif not said and field.need(document.kind) is Need.REQUIRED:
            said = TO_FILL_IN if document.kind == DocumentKind.FINAL else UNKNOWN
        if said:
            texts.append((field, said))
    return texts


def _signed(own: Signing) -> dict[str, str]:
    return {
        "signer": own.name,
        "signed_at": utc(own.at) if own.at else "",
        "alone_reason": own.alone_reason,
        "alone_roster": _label(SignedAlone, own.alone_roster),
    }


def _label(choices: type[TextChoices], value: str) -> str:
    return str(choices(value).label) if value else ""


def _event(document: Document) -> str:
    incident = document.incident
    name = incident.place.name if incident.place else incident.place_text
    # Before the level is confirmed nobody has found that it is one (5.2: 疑似食品安全事故).
    what = "食品安全事故" if incident.confirmed_level else "疑似食品安全事故"
    return f"{incident.county.name}{name}{what}"
