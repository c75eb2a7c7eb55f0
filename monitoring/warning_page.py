"""What the pages of warnings show: bulletins, who signed, who has it in hand, what was done (4.2)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, Final

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet

from accounts.actors import Actor
from accounts.models import Jurisdiction, Organisation
from monitoring.cap import Message
from monitoring.content import Content
from monitoring.drafts import issuers_of, open_draft
from monitoring.models import (
    Answer,
    AnswerKind,
    Bulletin,
    BulletinKind,
    FoodWarning,
    WarningDraft,
    WarningState,
)
from monitoring.permissions import check_actor_issues, visible_warnings
from monitoring.policies import check_can_sign
from monitoring.wording import english_body, english_headline, sections, text_message
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of

PER_PAGE: Final = 25


@dataclass(frozen=True, slots=True)
class Shown:
    """One bulletin, or a draft of one, as it reads."""

    content: Content
    kind: str
    sections: Sequence[tuple[str, str]]
    areas: Sequence[str]
    text_message: str
    bulletin: Bulletin | None = None
    signers: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Recipient:
    """A recipient of a warning: when it signed for the latest bulletin, and what it did."""

    office: Organisation
    received_at: datetime | None
    measures: Sequence[Answer]


@dataclass(frozen=True, slots=True)
class WarningPage:
    """One warning as an office sees it; the refusals say why an act is not offered."""

    warning: FoodWarning
    issuers: Sequence[Organisation]
    bulletins: Sequence[Shown]
    draft: Shown | None
    sha256: str
    unsigned: Sequence[Organisation]
    recipients: Sequence[Recipient]
    issuers_measures: Sequence[Answer]
    may_confirm: bool
    may_answer: bool
    no_act: PlanRefusal | None
    no_sign: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class PublicBulletin:
    """One bulletin as the public reads it, in both languages."""

    bulletin: Bulletin
    kind: str
    sections: Sequence[tuple[str, str]]
    issuers: Sequence[Organisation]
    areas: Sequence[Jurisdiction]
    headline_en: str
    body_en: str


def warning_list(actor: Actor, *, state: str, page: str) -> Page[Any]:
    """Return a page of the warnings an office may see, last changed first."""
    rows = visible_warnings(actor).select_related("organisation")
    if state in WarningState.values:
        rows = rows.filter(state=state)
    return Paginator(rows.order_by("-changed_at", "-pk"), PER_PAGE).get_page(page)


def warning_page(warning: FoodWarning, actor: Actor) -> WarningPage:
    """Return everything an office is shown of a warning."""
    issuers, draft = issuers_of(warning), open_draft(warning)
    rows = list(warning.bulletins.order_by("serial").prefetch_related("draft__signatures__organisation"))
    answers = list(warning.answers.select_related("organisation").order_by("done_at", "pk"))
    names = place_names()
    codes = list(dict.fromkeys(code for each in rows for code in each.content["departments"]))
    sent_to = {each.code: each for each in Organisation.objects.filter(code__in=codes)}
    recipients = [_recipient(sent_to[code], rows, answers) for code in codes if code in sent_to]
    own = {each.pk for each in issuers}
    judge = partial(check_actor_issues, actor, [each.code for each in issuers])
    signed = _signed(draft)
    mine = next((each for each in recipients if each.office == actor.organisation), None)
    return WarningPage(
        warning=warning,
        issuers=issuers,
        bulletins=[_shown(each.content, warning, issuers, names, each) for each in rows],
        draft=_shown(draft.content, warning, issuers, names, None) if draft else None,
        sha256=draft.sha256 if draft else "",
        unsigned=[each for each in issuers if draft and each.code not in signed],
        recipients=recipients,
        issuers_measures=[each for each in answers if each.organisation_id in own],
        may_confirm=mine is not None and mine.received_at is None,
        may_answer=mine is not None or bool(rows and actor.organisation in issuers),
        no_act=refusal_of(judge),
        no_sign=refusal_of(judge) or _no_sign(draft, actor, signed),
    )


def place_names() -> Mapping[str, Jurisdiction]:
    """Return every area by its code."""
    return {each.code: each for each in Jurisdiction.objects.select_related("host")}


def public_bulletins() -> QuerySet[Bulletin]:
    """Return what was issued to the public, signed by every issuer; never of a drill (4.2.1)."""
    rows = Bulletin.objects.filter(is_public=True, warning__is_drill=False)
    return rows.select_related("warning__organisation__jurisdiction__host").order_by("-issued_at", "-pk")


def public_pages(bulletins: Iterable[Bulletin]) -> list[PublicBulletin]:
    """Return bulletins as the public reads them: what, who and where, no person."""
    listed, names = list(bulletins), place_names()
    codes = {code for each in listed for code in each.content["issuers"]}
    offices = {each.code: each for each in Organisation.objects.filter(code__in=codes)}
    return [
        PublicBulletin(
            bulletin=each,
            kind=str(BulletinKind(each.kind).label),
            sections=sections(each.content),
            issuers=[offices[code] for code in each.content["issuers"]],
            areas=[names[code] for code in each.content["areas"]],
            headline_en=english_headline(each.content),
            body_en=english_body(each.content),
        )
        for each in listed
    ]


def message_of(bulletin: Bulletin) -> Message:
    """Return an issued bulletin as a message; a drill's is marked as one."""
    before = list(bulletin.warning.bulletins.filter(serial__lt=bulletin.serial).order_by("serial"))
    names = place_names()
    return Message(
        bulletin.content,
        identifier=bulletin.identifier,
        status="Exercise" if bulletin.warning.is_drill else "Actual",
        sent_at=bulletin.issued_at,
        issuers=issuers_of(bulletin.warning),
        areas=[names[code] for code in bulletin.content["areas"]],
        before=before,
    )


def draft_message(warning: FoodWarning, draft: WarningDraft, *, at: datetime) -> Message:
    """Return a draft as a message of that status, under no number yet."""
    names = place_names()
    return Message(
        draft.content,
        identifier=f"{warning.number}-draft",
        status="Draft",
        sent_at=at,
        issuers=issuers_of(warning),
        areas=[names[code] for code in draft.content["areas"]],
        before=list(warning.bulletins.order_by("serial")),
    )


def _shown(
    content: Content,
    warning: FoodWarning,
    issuers: Sequence[Organisation],
    names: Mapping[str, Jurisdiction],
    bulletin: Bulletin | None,
) -> Shown:
    issuer = issuers[0].name if issuers else ""
    return Shown(
        content=content,
        kind=str(BulletinKind(content["kind"]).label),
        sections=sections(content),
        areas=[names[code].name for code in content["areas"] if code in names],
        text_message=text_message(content, issuer=issuer, is_drill=warning.is_drill),
        bulletin=bulletin,
        signers=_signers(bulletin) if bulletin else (),
    )


def _signers(bulletin: Bulletin) -> list[str]:
    standing = [each for each in bulletin.draft.signatures.all() if each.sha256 == bulletin.sha256]
    return [f"{each.organisation.name} {each.signer}" for each in standing]


def _signed(draft: WarningDraft | None) -> set[str]:
    if draft is None:
        return set()
    rows = draft.signatures.filter(sha256=draft.sha256).select_related("organisation")
    return {each.organisation.code for each in rows}


def _no_sign(draft: WarningDraft | None, actor: Actor, signed: set[str]) -> PlanRefusal | None:
    if draft is None or actor.office in signed:
        return None
    return refusal_of(partial(check_can_sign, draft, actor.ref, draft.sha256))


def _recipient(office: Organisation, rows: Sequence[Bulletin], answers: Sequence[Answer]) -> Recipient:
    own = [each for each in answers if each.organisation_id == office.pk]
    receipts = [each for each in own if each.kind == AnswerKind.RECEIPT and each.bulletin_id == rows[-1].pk]
    return Recipient(
        office,
        receipts[0].done_at if receipts else None,
        [each for each in own if each.kind == AnswerKind.MEASURE],
    )
