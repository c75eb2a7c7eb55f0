"""Sign a paper of 7.2 when its own precondition holds: freeze it with its sources, and make the files that leave the house."""

import hashlib
from datetime import datetime

from django.conf import settings
from django.db import transaction

from accounts.actors import Actor
from aftermath.selectors.finishing import finished_at
from plan.papers import PaperKind
from reporting.document_policies import check_has_glyphs
from reporting.documents.docx import as_docx
from reporting.documents.pdf import as_pdf
from reporting.documents.sheet import Sheet
from reporting.models import FileFormat
from response.actions.deciding import lock_whole, write_down
from review.content import content_of, draft_of, paper_hash, paper_sheet, unprintable_in
from review.drafting.record import record_of
from review.models import Paper, PaperFile, SignedPaper
from review.permissions import check_actor_writes_paper
from review.policies import check_can_sign_paper, check_is_unsigned_paper, check_paper_was_seen
from review.selectors import latest_revision, level_of, signed_of, team_of


@transaction.atomic
def sign_paper(*, paper: Paper, seen: int | None = None, by: Actor, at: datetime) -> SignedPaper:
    """Sign a paper; what it says is frozen with the rows each drafted sentence came from (7.2, A40).

    A summary waits for the end of the aftermath, an investigation for its team; the review waits for nothing. The plan asks for no
    second hand. seen: the number of the revision the person had before them. Refused: by another body (403), before its
    precondition, once signed or saved by another meanwhile (409), with a part that says nothing or a character that can't
    be printed (422).
    """
    whole = lock_whole(paper.incident)
    check_actor_writes_paper(by, whole, paper.kind, paper.body)
    check_is_unsigned_paper(is_signed=signed_of(paper) is not None)
    draft = draft_of(paper, latest_revision(paper), record_of(whole, at))
    check_paper_was_seen(draft.number, seen)
    check_can_sign_paper(
        PaperKind(paper.kind), draft.said, finished_at=finished_at(whole), team=team_of(whole), at=at
    )
    content = content_of(draft, whole, signed_by=by.ref, signed_at=at)
    page = paper_sheet(content, paper_hash(content))
    check_has_glyphs(unprintable_in(content, page))
    signed = SignedPaper.objects.create(
        paper=paper,
        incident=whole,
        level=level_of(whole),
        content=content,
        sha256=paper_hash(content),
        signed_by=by.ref,
        office=by.office,
        signed_at=at,
    )
    files = _files(signed, page, at)
    payload = {"paper": paper.kind, "version": paper.version, "sha256": signed.sha256}
    write_down(
        incident=whole, action="review.sign_paper", rows=[signed, *files], payload=payload, by=by, at=at
    )
    return signed


def _files(signed: SignedPaper, page: Sheet, at: datetime) -> list[PaperFile]:
    """Keep the paper as it leaves the house, byte for byte."""
    made = {
        FileFormat.PDF: as_pdf(page, font_dir=settings.FONT_DIR),
        FileFormat.DOCX: as_docx(page, made_at=at),
    }
    return [
        PaperFile.objects.create(
            signed=signed, file_format=own, sha256=hashlib.sha256(content).hexdigest(), content=content
        )
        for own, content in made.items()
    ]
