"""What the pages of reports show, read with a constant number of queries each."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings
from django.http import Http404

from accounts.actors import Actor
from accounts.selectors import display_names
from incidents.models import Incident
from incidents.selectors import family_ids, incident_for
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.countersignatures import countersign_due_at
from reporting.document_permissions import check_actor_reads, check_actor_writes, reads
from reporting.document_policies import check_can_check, check_can_countersign, check_can_sign
from reporting.documents.content import Content, content_hash, content_of, said_in, unsaid
from reporting.documents.drafting import editable
from reporting.documents.fields import DocumentField
from reporting.documents.material import Material, material
from reporting.documents.sheet import Sheet, sheet, unprintable
from reporting.documents.wording import serial_name
from reporting.models import Delivery, Document, DocumentDispatch, DocumentKind, SignedDocument
from reporting.signers import call_of


@dataclass(frozen=True, slots=True)
class DocumentRow:
    """One report in a list: how far it has come, where it was sent, and whether this office may read it.

    call: the receipt that a 电话记录 is the record of, as it was corrected last.
    """

    document: Document
    signed: SignedDocument | None
    dispatches: Sequence[DocumentDispatch]
    is_replaced: bool
    may_read: bool
    call: Delivery | None = None

    @property
    def name(self) -> str:
        """What it is called, e.g. 续报一."""
        return serial_name(self.document.kind, self.document.serial)

    @property
    def owes_countersignature(self) -> bool:
        """Whether it was signed alone and no second person has signed since."""
        signed = self.signed
        return signed is not None and bool(signed.alone_reason) and not hasattr(signed, "countersignature")

    @property
    def countersign_due_at(self) -> datetime | None:
        """Until when the house wants the countersignature that is owed; None while none is."""
        return countersign_due_at(self.signed) if self.signed and self.owes_countersignature else None

    @property
    def is_call_taken_back(self) -> bool:
        """Whether the receipt that it records was taken back: there was no such call (5.1)."""
        return self.call is not None and self.call.is_retraction

    @property
    def called_otherwise_at(self) -> datetime | None:
        """When the call was by the receipt as it was corrected since (5.1); None where it was not."""
        if self.call is None or self.call == self.document.delivery or self.call.is_retraction:
            return None
        return self.call.received_at

    @property
    def is_to_send(self) -> bool:
        """Whether it is signed and waits to be sent: not a call, nor a version that was replaced."""
        is_report = self.document.kind != DocumentKind.PHONE
        return self.signed is not None and is_report and not self.is_replaced


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One report as it stands: its text, what is missing, and why an act is not open to this person."""

    row: DocumentRow
    incident: Incident
    content: Content
    sheet: Sheet
    digest: str
    unsaid: Sequence[DocumentField]
    unprintable: Sequence[tuple[str, list[str]]]
    fields: Sequence[DocumentField]
    said: Mapping[str, str]
    refusals: dict[str, PlanRefusal | None]
    at: datetime

    @property
    def document(self) -> Document:
        """The report."""
        return self.row.document


def document_rows(incident_ids: Collection[int], actor: Actor) -> list[DocumentRow]:
    """Return the reports of incidents, the newest first (5.1(8))."""
    found = Document.objects.filter(incident__in=incident_ids).select_related(
        "incident__county", "incident__zone", "incident__place", "incident__merged_into", "bearer", "recipient",
        "replaces", "delivery", "signed__countersignature", "signed__replaced_by",
    )  # fmt: skip
    own = found.prefetch_related("signed__dispatches__recipient", "signed__dispatches__receipt")
    received = list(Delivery.objects.filter(incident__in=incident_ids))
    return [_row(document, received, actor) for document in own.order_by("-drafted_at", "-pk")]


def document_for(actor: Actor, number: str, pk: int) -> tuple[Incident, DocumentRow]:
    """Return a report and the incident it is seen in; a refusal where the actor may not see (404) or read (403) it."""
    incident = incident_for(actor, number)
    rows = {row.document.pk: row for row in document_rows(family_ids(incident), actor)}
    if pk not in rows:
        raise Http404
    row = rows[pk]
    check_actor_reads(actor, row.document, {each.recipient_id for each in row.dispatches})
    return incident, row


def document_page(actor: Actor, number: str, pk: int, at: datetime) -> DocumentPage:
    """Return a report as this person sees it now: frozen if signed, else with the facts as they are (5.1(8))."""
    incident, row = document_for(actor, number, pk)
    document = row.document
    found = material(document.incident.merged_into or document.incident, document, at)
    content = row.signed.content if row.signed else _draft(document, found)
    page = sheet(content, row.signed.sha256 if row.signed else "")
    lacking = [] if row.signed else unsaid(document, found)
    return DocumentPage(
        row=row,
        incident=incident,
        content=content,
        sheet=page,
        digest=row.signed.sha256 if row.signed else content_hash(content),
        unsaid=lacking,
        unprintable=[] if row.signed else unprintable(content, page, settings.FONT_DIR),
        fields=editable(document.kind, is_late=found.late_min > 0),
        said=said_in(document, found),
        refusals=_refusals(row, incident, actor, lacking),
        at=at,
    )


def _draft(document: Document, found: Material) -> Content:
    return content_of(document, found, display_names([document.edited_by, document.checked_by]))


def _row(document: Document, received: Iterable[Delivery], actor: Actor) -> DocumentRow:
    signed: SignedDocument | None = getattr(document, "signed", None)
    dispatches = list(signed.dispatches.all()) if signed else []
    return DocumentRow(
        document=document,
        signed=signed,
        dispatches=dispatches,
        is_replaced=signed is not None and hasattr(signed, "replaced_by"),
        may_read=reads(actor, document, {each.recipient_id for each in dispatches}),
        call=call_of(document, received),
    )


def _refusals(
    row: DocumentRow, incident: Incident, actor: Actor, lacking: Sequence[DocumentField]
) -> dict[str, PlanRefusal | None]:
    document, signed = row.document, row.signed

    def asked(*more: Callable[[], object]) -> PlanRefusal | None:
        writes = refusal_of(partial(check_actor_writes, actor, incident, document))
        return writes or next((each for check in more if (each := refusal_of(check))), None)

    def countersign() -> None:
        if signed is not None:
            check_can_countersign(signed, is_done=not row.owes_countersignature, person=actor.ref)

    return {
        "edit": asked(),
        "check": asked(partial(check_can_check, document, actor.ref)),
        # Why one signs alone is asked for on the form itself.
        "sign": asked(partial(check_can_sign, document, lacking, row.call)),
        "countersign": asked(countersign),
    }
