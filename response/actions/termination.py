"""End the response (6.4.2): proposed on an assessment, ended by the commander's consent and nothing else (A34)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from incidents.actions.findings import close_as_no_incident
from incidents.models import Incident
from plan.authority import Act
from plan.termination import Finding
from response.actions.deciding import (
    decide,
    lock_response,
    lock_response_of,
    office_of,
    tell,
    watchers,
    write_down,
)
from response.actions.handing_over import stand_down_counties
from response.models import Decision, FindingEvidence, MeasureRecord, Response, Step, Track
from response.permissions import check_actor_commands, check_actor_proposes_end
from response.policies.activation import check_is_no_preparer
from response.policies.command import check_ends_by_itself, check_is_running
from response.policies.rounds import check_unanswered
from response.policies.termination import (
    HANDED_TO,
    NOT_AN_INCIDENT,
    OUTSIDE,
    check_assessed,
    check_conditions_met,
    check_handed_over,
    check_named,
    check_proposal,
    check_results,
)
from response.selectors.command import commander_of
from response.selectors.measures import results_on_record
from response.selectors.recovery import condition_of, latest_report
from response.selectors.running import began_at, running_response

CLAUSE = "6.4.2"


@transaction.atomic
def propose_end(
    *,
    response: Response,
    conditions: Sequence[str],
    findings: Mapping[Finding, str],
    results: Sequence[MeasureRecord] = (),
    outside: str = "",
    handed_to: str = "",
    note: str = "",
    by: Actor,
    at: datetime,
) -> Decision:
    """Propose the end on the latest assessment, naming at least one of the conditions that it names (6.4.2, A33).

    findings: of (2)–(4), each with its evidence; those of (1) are computed. results: test results on record for (2);
    outside: those of elsewhere, whose they are. handed_to: who takes over what is no food-safety incident, (4). The same
    proposal twice is one. Refused: by another office (403), without assessment, condition, finding or test result (422),
    for a condition the assessment does not name, while (1) is not met or can't be judged (409).
    """
    incident, response = lock_response(response)
    check_actor_proposes_end(by, response)
    check_is_running(response, CLAUSE)
    check_ends_by_itself(response)
    report, act = latest_report(incident), _act(response)
    check_proposal(conditions, findings, check_assessed(report, started_at=began_at(response)))
    check_results(conditions, results, outside, {each.pk for each in results_on_record(incident)})
    check_handed_over(conditions, handed_to)
    patients = condition_of(incident, at)
    check_conditions_met(conditions, patients.judgement, patients.in_hospital, note)
    stored = {
        HANDED_TO: handed_to,
        OUTSIDE: outside,
        **{finding.value: text for finding, text in findings.items()},
    }
    said = {"conditions": list(conditions), "findings": stored, "note": note}
    before = _waiting(response, said, results)
    if before is not None:
        return before
    fields = {**said, "response": response, "report": report}
    decision = decide(incident=incident, act=act, step=Step.PROPOSE, fields=fields, by=by, at=at)
    _cite(decision, results, by, at)
    to = _told(response)
    title = _("建议终止应急响应，待总指挥同意")
    tell(incident=incident, about=decision, title=title, body="", to=to, by=by, at=at)
    return decision


@transaction.atomic
def answer_proposal(
    *, proposal: Decision, is_approved: bool, note: str = "", by: Actor, at: datetime
) -> Response:
    """Consent to the end as the commander, or refuse it (6.4.2, A34, A47); consent is what ends the response.

    Everything is looked at again at this moment. Of a county's response 市食药安办 is told. What is no incident (4) closes with
    the last response that runs over it. Refused: by anybody else, who proposed or assessed included (403), once answered
    (409), when a condition named no longer holds (409).
    """
    incident, response = lock_response_of(proposal)
    check_actor_commands(by, commander_of(response))
    answer = proposal.followed_by.order_by("pk").last()
    step = Step.ACT if is_approved else Step.REJECT
    if answer is not None and (answer.recorded_by, answer.step) == (by.ref, step):
        return response
    check_unanswered(answer, CLAUSE)
    check_is_running(response, CLAUSE)
    check_is_no_preparer([proposal], incident, [proposal.act], by.ref)
    if is_approved:
        check_named(proposal.conditions, latest_report(incident))
        patients = condition_of(incident, at)
        reason = proposal.note or note
        check_conditions_met(proposal.conditions, patients.judgement, patients.in_hospital, reason)
        _end(incident, response, proposal, by, at)
    fields = {
        "response": response,
        "conditions": proposal.conditions,
        "note": note,
        "rests_on": proposal,
    }
    decision = decide(incident=incident, act=_act(response), step=step, fields=fields, by=by, at=at)
    title = _("应急响应已终止") if is_approved else _("总指挥未同意终止应急响应")
    body = _("依据：%s。") % "、".join(proposal.conditions)
    tell(incident=incident, about=decision, title=title, body=body, to=watchers(incident), by=by, at=at)
    return response


def _waiting(
    response: Response, said: Mapping[str, Any], results: Sequence[MeasureRecord]
) -> Decision | None:
    """Return the proposal that says the same on the same results and waits for its answer."""
    waiting = Decision.objects.filter(response=response, step=Step.PROPOSE, followed_by=None, **said)
    cited = {each.pk for each in results}
    found = waiting.prefetch_related("evidence").order_by("pk")
    return next((one for one in found if {each.record_id for each in one.evidence.all()} == cited), None)


def _told(response: Response) -> list[str]:
    """Return who hears of a proposal: headquarters, their office, and where the commander sits."""
    commander, headquarters = commander_of(response), response.headquarters
    named = [commander.holding.organisation.code] if commander is not None else []
    return [headquarters.body.code, headquarters.office.code, *named]


def _cite(proposal: Decision, results: Sequence[MeasureRecord], by: Actor, at: datetime) -> None:
    """Put down which test results the finding rests on that food and surroundings meet the standards (6.4.2(2))."""
    cited = FindingEvidence.objects.bulk_create(
        FindingEvidence(decision=proposal, finding=Finding.CLEANED, record=record) for record in results
    )
    if cited:
        write_down(
            incident=proposal.incident, action="response.cite_results", rows=cited, payload={}, by=by, at=at
        )


def _act(response: Response) -> Act:
    return Act.TERMINATE if response.track == Track.CITY else Act.TERMINATE_COUNTY


def _end(incident: Incident, response: Response, proposal: Decision, by: Actor, at: datetime) -> None:
    response.end()
    response.ended_by, response.ended_at = by.ref, at
    response.save()
    payload = {"conditions": proposal.conditions}
    write_down(incident=incident, action="response.end", subject=response, payload=payload, by=by, at=at)
    stand_down_counties(response=response, by=by, at=at)
    if NOT_AN_INCIDENT in proposal.conditions and running_response(incident) is None:
        words = {
            "ground": proposal.findings[Finding.NOT_AN_INCIDENT.value],
            "to": proposal.findings[HANDED_TO],
        }
        close_as_no_incident(
            incident=incident,
            reason=_("%(ground)s（移交%(to)s）") % words,
            office=office_of(by),
            by=by,
            at=at,
        )
