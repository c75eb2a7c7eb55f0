"""Everything the response page shows, read with a constant number of queries: what runs, what is owed, what may be done."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from typing import Any

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.selectors import latest_assessment
from plan.command_log import WITHOUT_ACCOUNT
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from response.assessment_basis import Basis, basis_of, experts_of
from response.checklist_of_end import Checked, checklist_of_end
from response.doings import DOINGS
from response.doings.doing import Doing, Target
from response.doings.log import BY_HAND
from response.log_lines import LogLine, log_of
from response.matters import Matter, evidence_in, said_of
from response.models import (
    AssessmentReport,
    CommanderAppointment,
    CoordinationRequest,
    DataRequest,
    Decision,
    EpidemicBranch,
    ExpertAppointment,
    Response,
    ResponseDuty,
    ResponseState,
    SceneTeam,
)
from response.next_steps import Next, next_steps
from response.owing import Owing, owings
from response.patient_permissions import check_actor_sees_patients
from response.permissions import is_own
from response.policies.rounds import papers_owed
from response.selectors.command import Handling, handling_of
from response.selectors.recovery import Condition
from response.selectors.running import responses_of
from response.waiting import waiting_among
from response.way import Way, way_of

SECTIONS = {
    "assess": ("assess", "request-data", "appoint-expert", "agent", "condition", "epidemic"),
    "start": ("weigh", "apply-activation", "answer-activation", "activate", "activate-county", "take-over"),
    "counties": ("county-headquarters", "handle", "close-handling", "lead-county", "coordinate"),
    "command": ("commander", "team", "work-report"),
    "log": tuple(kind.value for kind in BY_HAND),
    "end": ("adjust", "propose-end"),
}


@dataclass(frozen=True, slots=True)
class Offer:
    """An act, and why this office can't do it now; None where it can."""

    doing: Doing
    refusal: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class Section:
    """The acts of one part of the page: those this office may take or could if it were time, and those of others."""

    own: Sequence[Offer]
    others: Sequence[Offer]

    @property
    def refused(self) -> list[Offer]:
        """Those it could take if it were time."""
        return [each for each in self.own if each.refusal is not None]


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
    way: Way | None
    next: Sequence[Next]
    offers: Mapping[str, Section]
    decisions: Sequence[Decision]
    papers: Sequence[Decision]
    waiting: Sequence[Matter]
    teams: Sequence[SceneTeam]
    log: Sequence[LogLine]
    without_account: Set[OfficeKind]
    requests: Sequence[tuple[DataRequest, bool]]
    coordination: Sequence[CoordinationRequest]
    epidemics: Sequence[EpidemicBranch]
    report: AssessmentReport | None
    basis: Basis
    experts: Sequence[ExpertAppointment]
    condition: Condition
    sees_patients: bool
    owed: Sequence[Owing]
    may_urge: bool
    own_pk: int
    commanded: Set[int]

    @property
    def checklist(self) -> list[Checked]:
        """The four conditions that end a response, as they stand (6.4.2)."""
        return checklist_of_end(self.report, self.condition.judgement)


def response_page(incident: Incident, actor: Actor, at: datetime) -> ResponsePage:
    """Return what an actor sees of the response to an incident."""
    target = Target(actor, incident, at)
    decisions, family, responses = target.decisions, target.family, _running(incident)
    asked = DataRequest.objects.filter(incident__in=family).select_related("department")
    requests, report = list(asked.order_by("pk")), target.assessment
    return ResponsePage(
        at=at,
        responses=responses,
        handling=handling_of(incident),
        decisions=decisions[::-1],
        papers=papers_owed(decisions),
        teams=_teams(family),
        log=log_of(family),
        without_account=WITHOUT_ACCOUNT,
        requests=[(row, row.is_late(at)) for row in requests],
        coordination=_coordination(family),
        epidemics=list(EpidemicBranch.objects.filter(incident__in=family).order_by("pk")),
        report=report,
        basis=basis_of(report, latest_assessment(incident)),
        experts=experts_of(family),
        condition=target.condition,
        may_urge=refusal_of(lambda: check_actor_may_with(actor, Right.ASSESS, incident)) is None,
        sees_patients=refusal_of(lambda: check_actor_sees_patients(actor, incident)) is None,
        own_pk=actor.organisation.pk if actor.organisation else 0,
        commanded=_commanded(actor, responses),
        **_acts(target, responses, requests),
    )


def _acts(target: Target, responses: Sequence[Running], requests: Sequence[DataRequest]) -> dict[str, Any]:
    """Return what may be done, what waits and is owed, and what this office does next."""
    duties, way, matters = (
        [duty for each in responses for duty in each.duties],
        way_of(target),
        _matters(target),
    )
    offers = {name: _section(target, slugs) for name, slugs in SECTIONS.items()}
    owed = owings(target, requests=requests, duties=duties)
    running = [each for each in responses if each.response.state == ResponseState.ACTIVE]
    coming = next_steps(
        target,
        can={each.doing.slug: each.refusal is None for part in offers.values() for each in part.own},
        matters=matters,
        owed=owed,
        duties=duties,
        way=way,
        is_led=all(each.commander for each in running),
    )
    return {"way": way, "offers": offers, "waiting": matters, "owed": owed, "next": coming}


def _teams(family: Iterable[int]) -> list[SceneTeam]:
    found = SceneTeam.objects.filter(response__incident__in=family)
    return list(found.select_related("sender").order_by("pk"))


def _coordination(family: Iterable[int]) -> list[CoordinationRequest]:
    found = CoordinationRequest.objects.filter(incident__in=family)
    return list(found.select_related("sender", "recipient").order_by("pk"))


def _matters(target: Target) -> list[Matter]:
    """Return what waits for an answer, and why this actor can't give one; what was read once is not read again."""
    evidence = evidence_in(target.family)
    found = []
    for each in waiting_among(target.decisions):
        about, doing = target.about(each.decision.pk), DOINGS[each.slug]
        refusal = refusal_of(partial(doing.check, about))
        no_yes = refusal_of(partial(doing.yes, about))
        said = list(said_of(each.decision, evidence.get(each.decision.pk, ())))
        found.append(Matter(each, said, refusal, no_yes))
    return found


def _commanded(actor: Actor, responses: Iterable[Running]) -> set[int]:
    """Return the ids of the responses whose log this actor keeps."""
    if not actor_has(actor, Right.COMMAND):
        return set()
    return {each.response.pk for each in responses if is_own(actor, each.response)}


def _section(target: Target, slugs: Iterable[str]) -> Section:
    offers = [_offer(target, DOINGS[slug]) for slug in slugs]
    theirs = [one for one in offers if one.refusal is not None and one.refusal.status == HTTPStatus.FORBIDDEN]
    return Section([one for one in offers if one not in theirs], theirs)


def _offer(target: Target, doing: Doing) -> Offer:
    return Offer(doing, refusal_of(lambda: doing.check(target)))


def _running(incident: Incident) -> list[Running]:
    responses = list(responses_of(incident))
    named = CommanderAppointment.objects.filter(headquarters__response__in=responses)
    commanders = {
        each.headquarters_id: each
        for each in named.select_related("holding__user", "holding__organisation").order_by("pk")
    }
    duties: dict[int, list[ResponseDuty]] = defaultdict(list)
    for duty in ResponseDuty.objects.filter(response__in=responses).select_related("bearer").order_by("pk"):
        duties[duty.response_id].append(duty)
    return [Running(each, commanders.get(each.headquarters.pk), duties[each.pk]) for each in responses[::-1]]
