"""Sign a report: freeze it with the facts it was made from, and make the files that leave the house (5.1(8))."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.selectors import display_names
from reporting.actions.countersigning import ask_to_countersign
from reporting.actions.document_evidence import note_document
from reporting.actions.documents import lock_document
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import (
    check_can_sign,
    check_has_glyphs,
    check_may_sign_alone,
    check_was_seen,
    is_alone,
)
from reporting.documents.content import Signing, content_hash, content_of, unsaid
from reporting.documents.docx import as_docx
from reporting.documents.material import material
from reporting.documents.pdf import as_pdf
from reporting.documents.sheet import Sheet, sheet, unprintable
from reporting.models import Document, DocumentFile, FileFormat, SignedAlone, SignedDocument
from reporting.selectors import family_deliveries
from reporting.signers import call_of, others_on_duty


@transaction.atomic
def sign_document(
    *,
    document: Document,
    alone_reason: str = "",
    is_unreached: bool = False,
    seen: str = "",
    by: Actor,
    at: datetime,
) -> SignedDocument:
    """Sign a report; what it says, and the facts it was made from, are frozen (5.1(8); architecture: at 2 a.m.).

    alone_reason: why who wrote it signs it too, while the roster names nobody else of its side, or with is_unreached none
    of them could be reached; another person then owes a countersignature. seen: the hash of the draft the person had
    before them. Refused: by another side (403), once signed, changed meanwhile or of a call taken back (409), for a 终报
    with gaps, alone without need, a character that can't be printed (422).
    """
    incident, document = lock_document(document)
    check_actor_writes(by, incident, document)
    found = material(incident, document, at)
    check_can_sign(document, unsaid(document, found), call_of(document, family_deliveries(incident)))
    names = display_names([document.edited_by, document.checked_by, by.ref])
    check_was_seen(content_hash(content_of(document, found, names)), seen)
    signed = SignedDocument(document=document, fact_ids=found.fact_ids)
    if is_alone(document, by.ref):
        signed.alone_reason = alone_reason.strip()
        signed.alone_roster = _roster_said(document, alone_reason, by, at, is_unreached=is_unreached)
    signed.signed_by, signed.office, signed.signed_at = by.ref, by.office, at
    signing = Signing(names.get(by.ref, ""), at, signed.alone_reason, signed.alone_roster)
    signed.content = content_of(document, found, names, signing)
    page = sheet(signed.content, content_hash(signed.content))
    check_has_glyphs(unprintable(signed.content, page, settings.FONT_DIR))
    _freeze(signed, page, by)
    return signed


def _roster_said(
    document: Document, alone_reason: str, by: Actor, at: datetime, *, is_unreached: bool
) -> SignedAlone:
    others = others_on_duty(document.bearer, by.ref, at)
    check_may_sign_alone(alone_reason, others, is_unreached=is_unreached)
    return SignedAlone.UNREACHED if others else SignedAlone.NOBODY_ELSE


def _freeze(signed: SignedDocument, page: Sheet, by: Actor) -> None:
    """Write the rows that are never changed again, close the draft, and ask for a second hand where one is owed."""
    document, at = signed.document, signed.signed_at
    signed.incident, signed.replaces = document.incident, document.replaces
    signed.sha256 = content_hash(signed.content)
    signed.save(force_insert=True)
    document.sign()
    document.save()
    files = _files(signed, page, at)
    more = {
        "sha256": signed.sha256,
        "files": {each.file_format: each.sha256 for each in files},
        "facts": signed.fact_ids,
        "alone": signed.alone_roster,
    }
    action = "reporting.sign_document"
    note_document(action=action, document=document, rows=[signed, *files], more=more, by=by, at=at)
    if signed.alone_reason:
        ask_to_countersign(signed=signed, at=at)


def _files(signed: SignedDocument, page: Sheet, at: datetime) -> list[DocumentFile]:
    """Keep the report as it leaves the house, byte for byte."""
    made = {
        FileFormat.PDF: as_pdf(page, font_dir=settings.FONT_DIR),
        FileFormat.DOCX: as_docx(page, made_at=at),
    }
    return [
        DocumentFile.objects.create(
            signed=signed, file_format=own, sha256=hashlib.sha256(content).hexdigest(), content=content
        )
        for own, content in made.items()
    ]
