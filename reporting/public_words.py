"""What the sender of a public report says, and how the part that may name a person is sealed before it is stored."""

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Jurisdiction
from audit.envelopes import opened, sealed
from reporting.models import PublicReport, PublicStatement
from reporting.public_choices import ReporterKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """Time, place and number (5.2), each of which may be unknown yet, and what else the sender has to say."""

    occurred_earliest: datetime | None = None
    occurred_latest: datetime | None = None
    discovered_at: datetime | None = None
    place_text: str = ""
    illness_count: int | None = None
    suspect_food: str = ""
    words: str = ""
    contact_name: str = ""
    contact_phone: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is said at all."""
        return self == Said()


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicStated:
    """A first report by the public door. reporter: an operator's or body's own name, never a person's."""

    kind: ReporterKind
    area: Jurisdiction
    said: Said
    is_tip_off: bool = False
    reporter: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """How a sender can be reached, as it was said."""

    name: str
    phone: str
    said_at: datetime


def statement_of(report: PublicReport, said: Said, at: datetime) -> PublicStatement:
    """Return the row that keeps a statement, not yet saved."""
    contact = json.dumps([said.contact_name, said.contact_phone], ensure_ascii=False)
    return PublicStatement(
        report=report,
        said_at=at,
        occurred_earliest=said.occurred_earliest,
        occurred_latest=said.occurred_latest,
        discovered_at=said.discovered_at,
        place_text=said.place_text,
        illness_count=said.illness_count,
        suspect_food=said.suspect_food,
        words=_sealed(said.words, report, "words"),
        contact=_sealed(contact, report, "contact") if said.contact_name or said.contact_phone else "",
    )


def words_of(statement: PublicStatement) -> str:
    """Return the words of a statement in clear."""
    return _opened(statement.words, statement.report, "words")


def contacts_of(report: PublicReport) -> Iterator[Contact]:
    """Yield how the sender can be reached, latest first; whoever asks has given a reason (`read_contact`)."""
    for statement in report.statements.exclude(contact="").order_by("-said_at", "-pk"):
        name, phone = json.loads(_opened(statement.contact, report, "contact"))
        yield Contact(name, phone, statement.said_at)


def _sealed(clear: str, report: PublicReport, field: str) -> str:
    if not clear:
        return ""
    return base64.b64encode(sealed(clear.encode(), bound_to=_place(report, field))).decode()


def _opened(envelope: str, report: PublicReport, field: str) -> str:
    if not envelope:
        return ""
    return opened(base64.b64decode(envelope), bound_to=_place(report, field)).decode()


def _place(report: PublicReport, field: str) -> str:
    return f"public:{report.receipt_digest}:{field}"
