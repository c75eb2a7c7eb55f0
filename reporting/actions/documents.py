"""Draft, edit and check a report of 5.1(8); record the call that is its first form."""

import hashlib
from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import canonical_json
from incidents.actions.assessing import lock_with_whole
from incidents.models import Incident
from incidents.selectors import family_ids
from reporting.actions.deliveries import record_delivery
from reporting.actions.document_evidence import note_document
from reporting.document_permissions import check_actor_writes, check_actor_writes_for
from reporting.document_policies import (
    check_can_be_marked,
    check_can_check,
    check_can_draft,
    check_can_replace,
    check_is_unsigned,
    check_was_seen,
)
from reporting.documents.drafting import drafted, editable
from reporting.documents.marks import Marks
from reporting.documents.material import material
from reporting.documents.wording import moment
from reporting.first_limb import bearers
from reporting.models import Document, DocumentKind, DocumentState, LegCode, SignedDocument

PHONE_CHANNEL = "值班电话"
KEPT_IN_NEW_VERSION = (
    "incident", "bearer", "kind", "serial", "recipient", "delivery", "urgency", "secrecy", "secret_for", "copies",
    "text", "unknown",
)  # fmt: skip


@transaction.atomic
def draft_document(
    *, incident: Incident, bearer: Organisation, kind: DocumentKind, by: Actor, at: datetime
) -> Document:
    """Begin a 初报, 续报 or 终报 from the facts on record (5.1(8), 5.2); one that is begun already is gone on with.

    Refused: by another side (403), for a body that bears no report here (422), a second 初报 or a 续报 before it (409).
    """
    _part, incident = lock_with_whole(incident.pk)
    check_actor_writes_for(by, incident, bearer)
    begun = Document.objects.filter(incident=incident, bearer=bearer, kind=kind)
    open_draft = begun.exclude(state=DocumentState.SIGNED).first()
    if open_draft is not None:
        return open_draft
    family = family_ids(incident)
    signed = SignedDocument.objects.filter(incident__in=family, document__bearer=bearer)
    check_can_draft(kind, bearer, bearers(family), signed.values_list("document__kind", flat=True))
    made = Document(
        incident=incident,
        bearer=bearer,
        kind=kind,
        serial=max(begun.values_list("serial", flat=True), default=0) + 1,
    )
    return _begin(made, by, at)


@transaction.atomic
def draft_new_version(*, signed: SignedDocument, by: Actor, at: datetime) -> Document:
    """Begin the version that corrects a signed report, from its text (5.1); one that is begun already is gone on with.

    Refused: by another side (403), from a version that was replaced (409).
    """
    incident, old = lock_document(signed.document)
    check_actor_writes(by, incident, old)
    begun = Document.objects.filter(replaces=signed).exclude(state=DocumentState.SIGNED).first()
    if begun is not None:
        return begun
    check_can_replace(signed, is_replaced=SignedDocument.objects.filter(replaces=signed).exists())
    kept = {name: getattr(old, name) for name in KEPT_IN_NEW_VERSION}
    return _begin(Document(**kept, version=old.version + 1, replaces=signed), by, at)


@transaction.atomic
def record_call(
    *,
    incident: Incident,
    bearer: Organisation,
    recipient: Organisation,
    called_at: datetime,
    receiver: str,
    channel: str = PHONE_CHANNEL,
    by: Actor,
    at: datetime,
) -> Document:
    """Record a report by phone: the receipt that closes the phone leg, at once, and its 电话记录 to go on with (5.1(8)).

    called_at: when the call was answered (A18). The same call recorded twice is one.
    Refused: by neither side (403), in the future or without who answered (422).
    """
    _part, incident = lock_with_whole(incident.pk)
    sides: dict[str, Any] = {"incident": incident, "bearer": bearer, "recipient": recipient}
    call: dict[str, Any] = {"received_at": called_at, "channel": channel, "receiver": receiver}
    delivery = record_delivery(**sides, **call, leg=LegCode.PHONE, by=by, at=at)
    known = Document.objects.filter(delivery=delivery).first()
    if known is not None:
        return known
    calls = Document.objects.filter(incident=incident, bearer=bearer, kind=DocumentKind.PHONE)
    said = f"{moment(called_at)}，{bearer.name}以{channel}向{recipient.name}报告，接报人：{receiver}。"
    made = Document(**sides, delivery=delivery, kind=DocumentKind.PHONE, serial=calls.count() + 1)
    made.text = {"received": said}
    return _begin(made, by, at)


@transaction.atomic
def edit_document(
    *,
    document: Document,
    text: Mapping[str, str],
    unknown: Mapping[str, str] | None = None,
    marks: Marks | None = None,
    seen: str = "",
    by: Actor,
    at: datetime,
) -> Document:
    """Change what an unsigned report says (5.1(8)); what was checked before is to be checked anew.

    What is left out stays as it was. unknown: why a field can't be said. seen: the `edited_at` of the text the person had
    before them, as ISO text. Refused: by another side (403), once signed or changed by another meanwhile (409), for marks
    that can't be (422).
    """
    incident, document = lock_document(document)
    check_actor_writes(by, incident, document)
    check_is_unsigned(document)
    check_was_seen(document.edited_at.isoformat(), seen)
    said = _said(document, drafted(document.kind, material(incident, document, at)), text, unknown or {})
    if marks is not None:
        check_can_be_marked(marks)
        said |= {each.name: getattr(marks, each.name) for each in fields(marks)}
    if all(getattr(document, name) == value for name, value in said.items()):
        return document
    for name, value in said.items():
        setattr(document, name, value)
    document.edit()
    document.checked_by, document.checked_at = "", None
    document.edited_by, document.edited_at = by.ref, at
    document.save()
    digest = {"sha256": hashlib.sha256(canonical_json(said).encode()).hexdigest()}
    note_document(action="reporting.edit_document", document=document, more=digest, by=by, at=at)
    return document


def _said(
    document: Document, on_record: Mapping[str, str], text: Mapping[str, str], unknown: Mapping[str, str]
) -> dict[str, Any]:
    """Return what the fields say now; what reads as the facts on record give it goes on following them."""
    known = {each.code for each in editable(document.kind, is_late=True)}
    written = document.text | {code: words.strip() for code, words in text.items() if code in known}
    reasons = {code: why.strip() for code, why in unknown.items() if code in known}
    return {
        "text": {code: words for code, words in written.items() if words != on_record.get(code)},
        "unknown": document.unknown | reasons,
    }


@transaction.atomic
def check_document(*, document: Document, seen: str = "", by: Actor, at: datetime) -> Document:
    """Check a draft as a second person, before it is signed (核稿).

    Refused: by who wrote it or another side (403), once signed, checked or changed meanwhile (409).
    """
    incident, document = lock_document(document)
    check_actor_writes(by, incident, document)
    check_can_check(document, by.ref)
    check_was_seen(document.edited_at.isoformat(), seen)
    document.check_text()
    document.checked_by, document.checked_at = by.ref, at
    document.save()
    note_document(action="reporting.check_document", document=document, by=by, at=at)
    return document


def lock_document(document: Document) -> tuple[Incident, Document]:
    """Lock a report and what its incident is one with; return the whole and the report fresh (A56)."""
    _part, whole = lock_with_whole(document.incident_id)
    own = Document.objects.select_for_update(of=("self",)).select_related(
        "incident__county", "incident__zone", "incident__place", "bearer", "recipient", "replaces"
    )
    return whole, own.get(pk=document.pk)


def _begin(made: Document, by: Actor, at: datetime) -> Document:
    made.drafted_by = made.edited_by = by.ref
    made.drafted_at = made.edited_at = at
    made.save(force_insert=True)
    note_document(action="reporting.draft_document", document=made, by=by, at=at)
    return made
