"""Draft a revision, try it on the past, and record how the plan was reviewed (9.1)."""

from dataclasses import asdict
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from editions.effect import Effect, effects
from editions.models import Draft, EffectLine, EffectRun, LawNote, PlanReview, ReviewOutcome
from editions.permissions import check_actor_keeps_plan
from plan.editions import EDITIONS
from plan.refusal import PlanRefusal
from plan.revising import BadEdition, read_edition
from reporting.alerts import BEIJING


@transaction.atomic
def draft_edition(*, numbers: str, words: str, by: Actor, at: datetime) -> Draft:
    """Keep a revision as sent in, a TOML file and its words; it judges nothing (9.1).

    Refused: by another office (403), a file that can't be read or makes no sense, with every fault (422).
    """
    check_actor_keeps_plan(by)
    try:
        edition = read_edition(numbers, words)
    except BadEdition as bad:
        raise PlanRefusal(
            _("修订稿读不通：%s。") % bad, clause="9.1", code="bad_edition", next_step=_("请改正后重新提交。")
        ) from None
    if edition.number in {each.number for each in EDITIONS}:
        raise PlanRefusal(_("该文号的版本已经收录。"), clause="9.1", code="edition_known", status=409)
    draft = Draft.objects.create(
        number=edition.number,
        in_force_on=edition.in_force_on,
        numbers=numbers,
        words=words,
        drafted_by=by.ref,
        office=by.office,
        drafted_at=at,
    )
    write_down(
        "editions.draft_edition", f"org:{by.office}", by, at, subject=f"draft:{draft.pk}", rows=[draft]
    )
    return draft


@transaction.atomic
def try_draft(*, draft: Draft, by: Actor, at: datetime) -> EffectRun:
    """Grade every past incident and judge every clock by a draft, and keep what differs (9.1); incidents keep theirs.

    Reads 200 incidents at a time. Refused by another office (403).
    """
    check_actor_keeps_plan(by)
    looked_at = 0
    differing: list[Effect] = []
    for effect in effects(read_edition(draft.numbers, draft.words), at=at):
        looked_at += 1
        if effect.differs:
            differing.append(effect)
    run = EffectRun.objects.create(
        draft=draft,
        incidents=looked_at,
        differing=len(differing),
        run_by=by.ref,
        office=by.office,
        run_at=at,
    )
    lines = EffectLine.objects.bulk_create([_line(run, effect) for effect in differing])
    write_down(
        "editions.try_draft", f"org:{by.office}", by, at, subject=f"draft:{draft.pk}", rows=[run, *lines]
    )
    return run


@transaction.atomic
def record_plan_review(
    *, held_on: date, with_whom: str, findings: str, outcome: ReviewOutcome, by: Actor, at: datetime
) -> PlanReview:
    """Record that 市食药安办 reviewed the plan with others, and what follows (9.1); refused by another office (403)."""
    check_actor_keeps_plan(by)
    review = PlanReview.objects.create(
        held_on=held_on,
        with_whom=with_whom,
        findings=findings,
        outcome=outcome,
        recorded_by=by.ref,
        office=by.office,
        recorded_at=at,
    )
    write_down(
        "editions.record_plan_review",
        f"org:{by.office}",
        by,
        at,
        subject=f"plan_review:{review.pk}",
        rows=[review],
    )
    return review


@transaction.atomic
def note_law(*, name: str, version: str, amended_on: date | None = None, by: Actor, at: datetime) -> LawNote:
    """Note which version of an instrument the plan rests on is current (1.2); the list is open.

    Refused: by another office (403), an amendment in the future (422).
    """
    check_actor_keeps_plan(by)
    if amended_on is not None and amended_on > at.astimezone(BEIJING).date():
        raise PlanRefusal(_("修订日期在今天之后。"), clause="1.2", code="amended_in_future")
    note = LawNote.objects.create(
        name=name, version=version, amended_on=amended_on, noted_by=by.ref, office=by.office, noted_at=at
    )
    write_down("editions.note_law", f"org:{by.office}", by, at, subject=f"law_note:{note.pk}", rows=[note])
    return note


def _line(run: EffectRun, effect: Effect) -> EffectLine:
    return EffectLine(
        run=run,
        number=effect.number,
        level_before=effect.before.level,
        level_after=effect.after.level,
        clauses_before=list(effect.before.clauses),
        clauses_after=list(effect.after.clauses),
        duty="starts" if effect.starts else "stops" if effect.stops else "",
        clocks=[asdict(clock) for clock in effect.clocks],
    )
