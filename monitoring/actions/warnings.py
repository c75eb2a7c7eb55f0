"""A warning is begun, written, and dropped while nobody has issued it (4.2)."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from monitoring.content import BEIJING, content_hash, content_of
from monitoring.drafts import issuers_of, lock_warning, open_draft
from monitoring.models import BulletinKind, FoodWarning, WarningDraft, WarningState
from monitoring.permissions import check_actor_can_warn, check_actor_issues, is_regulator
from monitoring.policies import (
    check_can_draft,
    check_draft_is_open,
    check_partners,
    check_says_what,
    check_text,
)
from monitoring.values import WarningBasis, WarningText
from reporting.public_record import take_turns


@transaction.atomic
def begin_warning(
    *,
    text: WarningText,
    basis: WarningBasis,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> FoodWarning:
    """Write the first draft of a warning, alone or with other regulators (4.1(e), 4.2.1); sent twice, it is one.

    Refused: by another body than a 食品安全监管部门 (403), without harm, trend, area or audience (422).
    """
    lead = check_actor_can_warn(by)
    take_turns("warning-numbers")
    before = FoodWarning.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None:
        return before
    warning = FoodWarning(
        number=_number(at, is_drill=basis.is_drill),
        headline=text.headline,
        hazard=basis.hazard,
        signal=basis.signal,
        organisation=lead,
        is_drill=basis.is_drill,
        is_demo=basis.is_demo,
        form_token=form_token,
        created_at=at,
        changed_at=at,
    )
    _check_partners(text.partners)
    issuers = [lead, *(each for each in text.partners if each != lead)]
    check_text(text, BulletinKind.ALERT, lead)
    warning.save(force_insert=True)
    _write(warning, BulletinKind.ALERT, text, issuers, by=by, at=at)
    return warning


@transaction.atomic
def draft_bulletin(
    *, warning: FoodWarning, kind: BulletinKind, text: WarningText, by: Actor, at: datetime
) -> WarningDraft:
    """Write, or write anew, what is to be said next: the warning, an update, its lifting (4.2.1, 4.2.2).

    Signatures under what stood before hold no more. Refused: by another than an issuer (403), when the warning is not so
    far (409), without what the plan asks of it (422).
    """
    warning = lock_warning(warning)
    lead, issuers = warning.organisation, issuers_of(warning)
    check_actor_issues(by, [each.code for each in issuers])
    check_can_draft(warning, kind)
    check_text(text, kind, lead)
    if kind == BulletinKind.ALERT:
        _check_partners(text.partners)
        issuers = [lead, *(each for each in text.partners if each != lead)]
    return _write(warning, kind, text, issuers, by=by, at=at)


@transaction.atomic
def drop_draft(*, warning: FoodWarning, reason: str, by: Actor, at: datetime) -> FoodWarning:
    """Give a draft up, with a reason: a warning never issued ends with it, one in force goes on as it is."""
    warning = lock_warning(warning)
    check_actor_issues(by, [each.code for each in issuers_of(warning)])
    draft = check_draft_is_open(open_draft(warning))
    check_says_what(reason, "4.2.1")
    draft.is_open = False
    draft.save(update_fields=["is_open"])
    if warning.state == WarningState.DRAFT:
        warning.drop()
    warning.changed_at = at
    warning.save()
    write_down("monitoring.drop_draft", warning.chain, by, at, kind=draft.kind, reason=reason)
    return warning


def _check_partners(partners: Sequence[Organisation]) -> None:
    check_partners([each for each in partners if not is_regulator(each)])


def _write(
    warning: FoodWarning,
    kind: BulletinKind,
    text: WarningText,
    issuers: Sequence[Organisation],
    *,
    by: Actor,
    at: datetime,
) -> WarningDraft:
    content = content_of(text, kind, issuers, warning.bulletins.order_by("serial"))
    draft = open_draft(warning) or WarningDraft(warning=warning)
    draft.kind, draft.content, draft.issuers = kind, content, content["issuers"]
    draft.sha256 = content_hash(warning.number, content)
    draft.prepared_by, draft.prepared_at = by.ref, at
    draft.save()
    if kind == BulletinKind.ALERT:
        warning.headline = text.headline
    warning.changed_at = at
    warning.save()
    said = {"sha256": draft.sha256, "issuers": draft.issuers}
    write_down("monitoring.draft_bulletin", warning.chain, by, at, kind=kind.value, said=said)
    return draft


def _number(at: datetime, *, is_drill: bool) -> str:
    stem = f"YJ{'D' if is_drill else ''}{at.astimezone(BEIJING):%Y}-"
    return f"{stem}{FoodWarning.objects.filter(number__startswith=stem).count() + 1:04d}"
