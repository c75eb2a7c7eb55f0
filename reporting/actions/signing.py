"""Sign a report: freeze it with the facts it was made from, and make the files that leave the house (5.1(8))."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from accounts.selectors import display_names
from reporting.actions.document_evidence import note_document
from reporting.actions.documents import lock_document
from reporting.document_permissions import check_actor_writes
from reporting.document_policies import (
    check_can_countersign,
    check_can_sign,
    check_has_glyphs,
    check_was_seen,
    is_alone,
)
from reporting.documents.content import Signing, content_hash, content_of, unsaid
from reporting.documents.docx import as_docx
from reporting.documents.material import material
from reporting.documents.pdf import as_pdf
from reporting.documents.sheet import Sheet, sheet, unprintable
from reporting.models import Countersignature, Document, DocumentFile, FileFormat, SignedDocument


@transaction.atomic
def sign_document(
    *, document: Document, alone_reason: str = "", seen: str = "", by: Actor, at: datetime
) -> SignedDocument:
    """Sign a report; what it says, and the facts it was made from, are frozen (5.1(8); architecture: at 2 a.m.).

    alone_reason: why who wrote it signs it too; another person then owes a countersignature. seen: the hash of the
    draft the person had before them. Refused: by another side (403), once signed or if it changed meanwhile (409),
    for a 终报 with gaps, a reason that is missing, a character that can't be printed (422).
    """
    incident, document = lock_document(document)
    check_actor_writes(by, incident, document)
    found = material(incident, document, at)
    names = display_names([document.edited_by, document.checked_by, by.ref])
    check_can_sign(document, unsaid(document, found), by.ref, alone_reason)
    check_was_seen(content_hash(content_of(document, found, names)), seen)
    reason = alone_reason.strip() if is_alone(document, by.ref) else ""
    content = content_of(document, found, names, Signing(names.get(by.ref, ""), at, reason))
    page = sheet(content, content_hash(content))
    check_has_glyphs(unprintable(content, page, settings.FONT_DIR))
    signed = SignedDocument(document=document, content=content, fact_ids=found.fact_ids, alone_reason=reason)
    signed.signed_by, signed.office, signed.signed_at = by.ref, by.office, at
    _freeze(signed)
    files = _files(signed, page, at)
    hashes = {each.file_format: each.sha256 for each in files}
    note_document(
        action="reporting.sign_document",
        document=document,
        rows=[signed, *files],
        more={"sha256": signed.sha256, "files": hashes, "facts": signed.fact_ids, "alone": bool(reason)},
        by=by,
        at=at,
    )
    return signed


@transaction.atomic
def countersign_document(*, signed: SignedDocument, by: Actor, at: datetime) -> Countersignature:
    """Sign later, as a second person, a report that was signed alone (architecture: at 2 a.m.).

    Refused: by who signed it or another side (403), where none is owed (409).
    """
    incident, document = lock_document(signed.document)
    check_actor_writes(by, incident, document)
    is_done = Countersignature.objects.filter(signed=signed).exists()
    check_can_countersign(signed, is_done=is_done, person=by.ref)
    made = Countersignature.objects.create(signed=signed, signed_by=by.ref, office=by.office, signed_at=at)
    note_document(
        action="reporting.countersign_document",
        document=document,
        rows=[made],
        by=by,
        at=at,
    )
    return made


def _freeze(signed: SignedDocument) -> None:
    """Write the row that is never changed again, and close the draft."""
    document = signed.document
    signed.incident, signed.replaces = document.incident, document.replaces
    signed.sha256 = content_hash(signed.content)
    signed.save(force_insert=True)
    document.sign()
    document.save()


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
