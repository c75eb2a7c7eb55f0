"""Everything the response page shows, read with a constant number of queries: what runs, what is owed, what may be done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q

from accounts.actors import Actor
from incidents.models import Incident
from plan.authority import Act
from plan.levels import ResponseLevel
from plan.recovery import Judgement
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.doings import DOINGS
from response.doings.activating import due_level
from response.doings.doing import Doing, Target
from response.models import (
    AssessmentReport,
    CommandAddressee,
    CommandEntry,
    CommanderAppointment,
    ConditionReport,
    CoordinationRequest,
    DataRequest,
    Decision,
    Response,
    ResponseDuty,
    ResponseState,
    SceneTeam,
    Step,
)
from response.policies.rounds import (
    ACTIVATIONS,
    latest,
    papers_owed,
    standing_approval,
    standing_weighing,
    this_round,
)
from response.selectors.command import Handling, handling_of
from response.selectors.recovery import latest_condition, latest_report, recovery_of
from response.selectors.running import responses_of

SECTIONS = {
    "assess": ("assess", "request-data", "condition"),
    "start": ("weigh", "apply-activation", "answer-activation", "activate", "activate-county", "take-over"),
    "counties": ("handle", "close-handling", "lead-county", "coordinate"),
    "command": ("commander", "command", "team"),
    "end": ("adjust", "propose-end"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act, and why this office can't do it now; None where it can."""

    doing: Doing
    refusal: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class Passed:
    """One step on the way to the level due: taken, owed without being a gate, or still missing."""

    label_zh: str
    decision: Decision | None
    is_taken: bool
    is_gate: bool = True


@dataclass(frozen=True, slots=True)
class Running:
    """A response with who commands it and what it still owes."""

    response: Response
    commander: CommanderAppointment | None
    duties: Sequence[ResponseDuty]


@dataclass(frozen=True, slots=True)
class ResponsePage:
    """The page at one instant."""

    at: datetime
    responses: Sequence[Running]
    handling: Handling
    level: ResponseLevel
    steps: Sequence[Passed]
    offers: Mapping[str, Sequence[Offer]]
    decisions: Sequence[Decision]
    papers: Sequence[Decision]
    waiting: Sequence[Decision]
    teams: Sequence[SceneTeam]
    commands: Sequence[CommandEntry]
    addressees: Mapping[int, Sequence[CommandAddressee]]
    requests: Sequence[DataRequest]
    coordination: Sequence[CoordinationRequest]
    report: AssessmentReport | None
    condition: ConditionReport | None
    recovery: Judgement
    own_pk: int

    @property
    def is_running(self) -> bool:
        """Whether any response runs."""
        return any(each.response.state == ResponseState.ACTIVE for each in self.responses)

    @property
    def log(self) -> list[tuple[CommandEntry, Sequence[CommandAddressee]]]:
        """The command log, the newest first, each entry with its addressees."""
        return [(entry, self.addressees.get(entry.pk, ())) for entry in self.commands]


def response_page(incident: Incident, actor: Actor, at: datetime) -> ResponsePage:
    """Return what an actor sees of the response to an incident."""
    target = Target(actor, incident, at)
    decisions, family = target.decisions, target.family
    commands = CommandEntry.objects.filter(response__incident__in=family).select_related("organisation")
    listed = CommandAddressee.objects.filter(entry__response__incident__in=family)
    addressees: dict[int, list[CommandAddressee]] = {}
    for row in listed.select_related("organisation").order_by("pk"):
        addressees.setdefault(row.entry_id, []).append(row)
    answered = {one.rests_on_id for one in decisions}
    return ResponsePage(
        at=at,
        responses=_running(incident),
        handling=handling_of(incident),
        level=due_level(target),
        steps=_steps(target),
        offers={name: [_offer(target, slug) for slug in slugs] for name, slugs in SECTIONS.items()},
        decisions=decisions[::-1],
        papers=papers_owed(decisions),
        waiting=[one for one in decisions if _may_wait(one) and one.pk not in answered],
        teams=list(
            SceneTeam.objects.filter(response__incident__in=family).select_related("sender").order_by("pk")
        ),
        commands=list(commands.order_by("-pk")),
        addressees=addressees,
        requests=list(
            DataRequest.objects.filter(incident__in=family).select_related("department").order_by("pk")
        ),
        coordination=list(
            CoordinationRequest.objects.filter(incident__in=family)
            .select_related("sender", "recipient")
            .order_by("pk")
        ),
        report=latest_report(incident),
        condition=latest_condition(incident),
        recovery=recovery_of(incident, at),
        own_pk=actor.organisation.pk if actor.organisation else 0,
    )


def _may_wait(decision: Decision) -> bool:
    is_adjustment = decision.act == Act.ADJUST and decision.step == Step.APPLY
    return decision.response_id is not None and (is_adjustment or decision.step == Step.PROPOSE)


def _offer(target: Target, slug: str) -> Offer:
    doing = DOINGS[slug]
    return Offer(doing, refusal_of(lambda: doing.check(target)))


def _running(incident: Incident) -> list[Running]:
    responses = list(responses_of(incident))
    named = CommanderAppointment.objects.filter(headquarters__response__in=responses)
    commanders = {
        each.headquarters_id: each
        for each in named.select_related("holding__user", "holding__organisation").order_by("pk")
    }
    duties: dict[int, list[ResponseDuty]] = {}
    owed = ResponseDuty.objects.filter(Q(response__in=responses)).select_related("bearer").order_by("pk")
    for duty in owed:
        duties.setdefault(duty.response_id, []).append(duty)
    return [
        Running(each, commanders.get(each.headquarters.pk), duties.get(each.pk, []))
        for each in responses[::-1]
    ]


def _steps(target: Target) -> list[Passed]:
    """Return the way to the level the city would start, step by step (6.2.1–6.2.3)."""
    level, decisions = due_level(target), target.decisions
    act = ACTIVATIONS[level]
    applied = latest(this_round(decisions), act, Step.APPLY)
    approval, weighed = standing_approval(decisions, act), standing_weighing(decisions)
    is_assessed = target.incident.confirmed_level == level
    steps = [
        Passed("评估并核定级别", None, is_assessed),
        Passed("提出启动申请", applied, applied is not None, is_gate=False),
    ]
    if level == ResponseLevel.I:
        steps.append(Passed("综合评估影响及其趋势", weighed, weighed is not None))
    consent = "市政府批准" if level == ResponseLevel.I else "市政府同意"
    return [*steps, Passed(consent, approval, approval is not None)]
