"""Begin a paper of 7.2, and write on it; every state it had stays on record."""

import hashlib
from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.record import canonical_json
from incidents.models import Incident
from plan.papers import PAPERS, PaperKind
from response.actions.deciding import lock_whole, write_down
from review.drafting.parts import drafted
from review.drafting.record import record_of
from review.drafting.sentences import text_of
from review.models import Paper, PaperRevision, SignedPaper
from review.permissions import acts_for, check_actor_writes_paper
from review.policies import (
    check_can_draft_paper,
    check_can_renew,
    check_is_unsigned_paper,
    check_paper_was_seen,
    refused,
)
from review.selectors import bodies_of, is_replaced, latest_revision, signed_of


@transaction.atomic
def draft_paper(*, incident: Incident, kind: PaperKind, by: Actor, at: datetime) -> Paper:
    """Begin a summary, an investigation report or a review; one that is begun already is gone on with (7.2, A40).

    A summary may be drafted before the aftermath is over. Refused: by another body (403), an investigation of no confirmed
    level (409) or one above the city (422), once signed (409).
    """
    whole = lock_whole(incident)
    check_can_draft_paper(kind, confirmed=whole.confirmed_level)
    body = _body(kind, whole, by)
    check_actor_writes_paper(by, whole, kind, body)
    begun = Paper.objects.filter(incident=whole, kind=kind, body=body).order_by("version").last()
    if begun is None:
        return _begin(Paper(incident=whole, kind=kind, body=body), by, at)
    if signed_of(begun) is not None:
        raise refused(
            _("这份文书已经签发。"), "paper_signed", status=409, next_step=_("更正请从已签发的一版作新版本。")
        )
    return begun


def _body(kind: PaperKind, incident: Incident, by: Actor) -> Organisation:
    """Return the body for which the actor would write; another's, for the refusal, if for none."""
    bodies = bodies_of(kind, incident)
    return next((body for body in bodies if acts_for(by, body)), bodies[0])


@transaction.atomic
def renew_paper(*, signed: SignedPaper, by: Actor, at: datetime) -> Paper:
    """Begin the version that corrects a signed paper, from its text; the signed one stays (7.2).

    Refused: by another body (403), from a version that was replaced (409).
    """
    whole, old = lock_whole(signed.incident), signed.paper
    check_actor_writes_paper(by, whole, old.kind, old.body)
    begun = Paper.objects.filter(replaces=signed).first()
    if begun is not None and signed_of(begun) is None:
        return begun
    check_can_renew(is_replaced=is_replaced(signed))
    made = Paper(incident=whole, kind=old.kind, body=old.body, version=old.version + 1, replaces=signed)
    _begin(made, by, at)
    said = {
        part["code"]: "\n".join(line["text"] for line in part["lines"]) for part in signed.content["parts"]
    }
    _revise(made, said, 1, by, at)
    return made


@transaction.atomic
def edit_paper(
    *, paper: Paper, text: Mapping[str, str], seen: int | None = None, by: Actor, at: datetime
) -> PaperRevision | None:
    """Save what people write of a paper as a new revision; a part that reads as drafted goes on following the record.

    text: what changes, by the code of the part; what is left out stays. seen: the number of the revision the person had
    before them. Refused: by another body (403), once signed or saved by another meanwhile (409).
    """
    whole = lock_whole(paper.incident)
    check_actor_writes_paper(by, whole, paper.kind, paper.body)
    check_is_unsigned_paper(is_signed=signed_of(paper) is not None)
    before = latest_revision(paper)
    number = before.number if before else 0
    check_paper_was_seen(number, seen)
    kind = PaperKind(paper.kind)
    on_record = {code: text_of(own) for code, own in drafted(kind, record_of(whole, at)).items()}
    held: dict[str, str] = before.text if before else {}
    given = {code: _tidy(words) for code, words in text.items() if code in PAPERS[kind].codes}
    said = {code: words for code, words in (held | given).items() if words != on_record[code]}
    if said == held:
        return before
    return _revise(paper, said, number + 1, by, at)


def _tidy(words: str) -> str:
    """Return a text as it is kept: paragraphs without blanks around them or empty ones between."""
    return "\n".join(line.strip() for line in words.splitlines() if line.strip())


def _begin(made: Paper, by: Actor, at: datetime) -> Paper:
    made.drafted_by, made.office, made.drafted_at = by.ref, by.office, at
    made.save(force_insert=True)
    payload = {"paper": made.kind, "version": made.version}
    write_down(
        incident=made.incident, action="review.draft_paper", rows=[made], payload=payload, by=by, at=at
    )
    return made


def _revise(paper: Paper, said: dict[str, str], number: int, by: Actor, at: datetime) -> PaperRevision:
    revision = PaperRevision.objects.create(
        paper=paper, number=number, text=said, edited_by=by.ref, office=by.office, edited_at=at
    )
    digest = hashlib.sha256(canonical_json(said).encode()).hexdigest()
    payload = {"paper": paper.kind, "version": paper.version, "sha256": digest}
    write_down(
        incident=paper.incident, action="review.edit_paper", rows=[revision], payload=payload, by=by, at=at
    )
    return revision
