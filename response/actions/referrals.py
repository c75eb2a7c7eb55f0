"""Refer a matter to the organ that 3.4.1 and 7.3 name, and follow what becomes of it there."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.selectors import display_names
from plan.accountability import ReferralStep
from reporting.document_policies import check_has_glyphs
from reporting.documents.docx import as_docx
from reporting.documents.fonts import without_glyph
from reporting.documents.pdf import as_pdf
from reporting.documents.sheet import Sheet
from reporting.models import FileFormat
from response.accountability_wording import sentence_of
from response.actions.accountability_log import lock_file, note_accountability, sent_before
from response.models import AccountabilityEntry, Referral, ReferralFile, ReferralStatus
from response.policies.accountability_files import (
    check_addressee,
    check_conjuncts,
    check_is_open,
    check_kind,
    check_reaches,
    check_step,
    check_step_is_said,
)
from response.referral_document import content_of_referral, hash_of_referral, sheet_of_referral
from response.selectors.accountability import prompt_of
from response.selectors.accountability_files import file_now, referrals_of


@transaction.atomic
def draw_up_referral(
    *,
    entry: AccountabilityEntry,
    kind: str,
    addressee: str,
    said: Mapping[str, str],
    contact: str,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Referral:
    """Draw up the referral of a file to 检察机关, 监察机关 or 公安等有权机关, and freeze it as it is printed (3.4.1, 7.3).

    said: each condition of its ground on its own; of an organ's act or inaction the conduct and the harm. Sent twice, it
    is one. Refused: by another office (403, 404), once closed (409), without a condition or an organ, on a ground that
    does not speak of such a body, for a character that can't be printed (422).
    """
    own, office = lock_file(entry, by)
    before = sent_before(Referral, form_token, by)
    if before is not None:
        return before
    check_is_open(own)
    spec = check_kind(kind)
    check_reaches(spec, own.accused)
    check_conjuncts(spec, said)
    check_addressee(addressee)
    content = content_of_referral(
        file_now(own, at),
        spec,
        addressee=addressee,
        said=said,
        contact=contact,
        signer=display_names([by.ref]).get(by.ref, ""),
        seen_in_record=sentence_of(prompt_of(own, at)),
        at=at,
    )
    made = Referral(entry=own, kind=kind, addressee=addressee, said=dict(said), content=content)
    made.sha256, made.form_token, made.organisation = hash_of_referral(content), form_token, office
    return _freeze(made, sheet_of_referral(content), by, at)


@transaction.atomic
def note_referral_step(
    *,
    referral: Referral,
    step: ReferralStep,
    happened_at: datetime,
    proof: str = "",
    reason: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> ReferralStatus:
    """Note how far a referral has come: sent, signed for, accepted, not accepted, returned, or void before it is sent.

    Sent twice, it is one. Refused: by another office (403, 404), once closed or out of order (409), without proof, reason
    or a possible time (422).
    """
    entry, office = lock_file(referral.entry, by)
    before = sent_before(ReferralStatus, form_token, by)
    if before is not None:
        return before
    check_is_open(entry)
    (standing,) = [each for each in referrals_of(entry) if each.referral.pk == referral.pk]
    check_step(standing.standing, step)
    check_step_is_said(step, reason=reason, proof=proof, happened_at=happened_at, since=standing.since, at=at)
    noted = ReferralStatus.objects.create(
        entry=entry,
        referral=referral,
        step=step,
        happened_at=happened_at,
        proof=proof,
        reason=reason,
        form_token=form_token,
        organisation=office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    note_accountability(action="response.note_referral_step", about=entry, rows=[noted], by=by, at=at)
    return noted


def _freeze(made: Referral, page: Sheet, by: Actor, at: datetime) -> Referral:
    """Keep the referral and its files, byte for byte as they were drawn up."""
    lacking = without_glyph("".join(page.texts()), settings.FONT_DIR)
    check_has_glyphs([(_("移送函"), lacking)] if lacking else [])
    made.recorded_by, made.recorded_at = by.ref, at
    made.save(force_insert=True)
    printed = {
        FileFormat.PDF: as_pdf(page, font_dir=settings.FONT_DIR),
        FileFormat.DOCX: as_docx(page, made_at=at),
    }
    files = [
        ReferralFile.objects.create(
            referral=made, file_format=own, sha256=hashlib.sha256(content).hexdigest(), content=content
        )
        for own, content in printed.items()
    ]
    rows = [made, *files]
    note_accountability(action="response.draw_up_referral", about=made.entry, rows=rows, by=by, at=at)
    return made
