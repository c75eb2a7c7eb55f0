"""Propose improvements after an incident and follow each until it is done (7.2: 提出改进意见，通报有关单位)."""

import uuid
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from outbox.actions.messages import Owed, owe
from reporting.alerts import BEIJING
from response.actions.deciding import LONGEST_TITLE, lock_whole, tell, write_down
from review.models import Improvement, ImprovementStage, ImprovementStep
from review.permissions import check_actor_follows, check_actor_improves
from review.policies import (
    check_can_judge,
    check_can_propose,
    check_can_report,
    check_improvement_stands,
)
from review.selectors import Followed, followed, open_improvements


@transaction.atomic
def propose_improvement(
    *,
    incident: Incident,
    addressee: Organisation,
    text: str,
    due_on: date | None = None,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> Improvement:
    """Propose an improvement to one body, which is told; the day is the office's own, the plan sets none (7.2, A40).

    Sent twice, it is one. Refused: by another than 市食药安办 (403), without words or by a day that is gone (422).
    """
    whole = lock_whole(incident)
    office = check_actor_follows(by, whole)
    known = Improvement.objects.filter(form_token=form_token).first() if form_token else None
    if known is not None:
        return known
    check_can_propose(text, due_on, at.astimezone(BEIJING).date())
    made = Improvement.objects.create(
        incident=whole,
        addressee=addressee,
        text=text.strip(),
        due_on=due_on,
        organisation=office,
        form_token=form_token,
        proposed_by=by.ref,
        proposed_at=at,
    )
    payload = {"addressee": addressee.pk, "due_on": due_on.isoformat() if due_on else ""}
    write_down(
        incident=whole, action="review.propose_improvement", rows=[made], payload=payload, by=by, at=at
    )
    title = _("市食药安办提出改进意见，请办理并报告")
    _tell(made, made, title, [addressee.code], by=by, at=at)
    return made


@transaction.atomic
def withdraw_improvement(
    *, improvement: Improvement, reason: str, by: Actor, at: datetime
) -> ImprovementStep:
    """Take an improvement back, with a reason (7.2). Refused: by another than 市食药安办 (403), once ended (409), without why (422)."""
    whole = lock_whole(improvement.incident)
    check_actor_follows(by, whole)
    check_improvement_stands(_as_it_stands(improvement).stage)
    check_can_report(reason, "", is_done=False)
    return _step(improvement, ImprovementStage.WITHDRAWN, reason, "", by=by, at=at)


@transaction.atomic
def report_improvement(
    *, improvement: Improvement, text: str, is_done: bool, proof: str = "", by: Actor, at: datetime
) -> ImprovementStep:
    """Report how an improvement goes on, or that it is done and by which paper; 市食药安办 is told (7.2).

    Refused: by another body than it was proposed to (403), once ended (409), without words or proof (422).
    """
    lock_whole(improvement.incident)
    check_actor_improves(by, improvement)
    check_improvement_stands(_as_it_stands(improvement).stage)
    check_can_report(text, proof, is_done=is_done)
    stage = ImprovementStage.CLAIMED if is_done else ImprovementStage.PROGRESS
    return _step(improvement, stage, text, proof, by=by, at=at)


@transaction.atomic
def judge_improvement(
    *, improvement: Improvement, is_enough: bool, opinion: str, by: Actor, at: datetime
) -> ImprovementStep:
    """Find an improvement done, or return it; only that ends the follow-up (7.2).

    Refused: by another than 市食药安办 (403), before its body says it is done or once ended (409), without an opinion (422).
    """
    whole = lock_whole(improvement.incident)
    check_actor_follows(by, whole)
    check_can_judge(_as_it_stands(improvement).stage, opinion)
    stage = ImprovementStage.DONE if is_enough else ImprovementStage.RETURNED
    return _step(improvement, stage, opinion, "", by=by, at=at)


def chase_improvements(*, by: Actor, at: datetime) -> int:
    """Remind whoever lets the office's own day go by, once for each improvement (7.2; the plan sets no day, A40); how many."""
    today = at.astimezone(BEIJING).date()
    late = open_improvements(Improvement.objects.filter(due_on__lt=today))
    waiting = late.exclude(steps__stage__in=(ImprovementStage.CHASED, ImprovementStage.CLAIMED))
    return sum(_chase(each, by, at) for each in waiting.select_related("incident").order_by("pk"))


@transaction.atomic
def _chase(improvement: Improvement, by: Actor, at: datetime) -> int:
    """Remind of one improvement, unless that was done or it came to an end meanwhile."""
    whole = lock_whole(improvement.incident)
    found = _as_it_stands(improvement)
    if not found.is_open or any(step.stage == ImprovementStage.CHASED for step in found.steps):
        return 0
    step = _write(improvement, ImprovementStage.CHASED, "", "", by=by, at=at)
    told = dict.fromkeys([found.improvement.addressee, found.improvement.organisation])
    owe(
        (
            Owed(
                dedupe_key=f"improvement:{step.pk}:{each.code}",
                recipient=each.code,
                kind="improvement_late",
                title=_title(whole, _("【催办】改进意见逾期未办结：%s") % found.improvement.addressee.name),
                body=_("期限由市食药安办自定，非预案规定。"),
                link=f"/improvements/{improvement.pk}/",
                chain=whole.chain,
                drill=whole.is_drill,
            )
            for each in told
        ),
        at=at,
    )
    return 1


def _as_it_stands(improvement: Improvement) -> Followed:
    return followed(Improvement.objects.filter(pk=improvement.pk))[0]


def _step(
    improvement: Improvement, stage: ImprovementStage, text: str, proof: str, *, by: Actor, at: datetime
) -> ImprovementStep:
    step = _write(improvement, stage, text.strip(), proof.strip(), by=by, at=at)
    sides = [improvement.addressee.code, improvement.organisation.code]
    _tell(improvement, step, _("改进意见：%s") % stage.label, sides, by=by, at=at)
    return step


def _write(
    improvement: Improvement, stage: ImprovementStage, text: str, proof: str, *, by: Actor, at: datetime
) -> ImprovementStep:
    step = ImprovementStep.objects.create(
        improvement=improvement,
        stage=stage,
        text=text,
        proof=proof,
        office=by.office,
        recorded_by=by.ref,
        recorded_at=at,
    )
    payload = {"improvement": improvement.pk, "turn": stage.value}
    whole = improvement.incident.merged_into or improvement.incident
    action = "review.chase_improvement" if stage is ImprovementStage.CHASED else "review.follow_improvement"
    write_down(incident=whole, action=action, rows=[step], payload=payload, by=by, at=at)
    return step


def _tell(
    improvement: Improvement,
    about: Improvement | ImprovementStep,
    title: str,
    to: list[str],
    *,
    by: Actor,
    at: datetime,
) -> None:
    whole = improvement.incident.merged_into or improvement.incident
    tell(
        incident=whole,
        about=about,
        title=title,
        body="",
        to=to,
        link=f"/improvements/{improvement.pk}/",
        by=by,
        at=at,
    )


def _title(incident: Incident, said: str) -> str:
    return f"{incident.number}：{said}"[:LONGEST_TITLE]
