"""Raise or lower the response level (6.4.1): the office applies, headquarters decide, the machine only proposes."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from incidents.models import Incident
from plan.adjustment import Element
from plan.authority import Act
from plan.levels import ResponseLevel
from response.actions.deciding import decide, lock_response, lock_response_of, tell, watchers, write_down
from response.actions.handing_over import follow_city, stand_down_counties
from response.actions.starting import start_response
from response.models import Decision, Response, Step, Track
from response.permissions import check_actor_in_city, check_actor_may_on
from response.policies.activation import check_is_no_preparer
from response.policies.adjustment import FROM, TREND, check_can_adjust, check_still_fits, findings_of
from response.policies.command import check_is_running
from response.policies.rounds import check_unanswered
from response.selectors.command import handling_of
from response.selectors.grounds import grounds_on_record
from response.selectors.recovery import latest_report
from response.selectors.running import county_response
from response.selectors.trends import trend_judgements


@transaction.atomic
def apply_adjustment(
    *,
    response: Response,
    level: ResponseLevel,
    findings: Mapping[Element, str],
    note: str,
    by: Actor,
    at: datetime,
) -> Decision:
    """File the office's application to raise or lower the response, with analysis, assessment and argument (6.4.1, 3.2).

    findings: the plan's elements, each with its evidence; to raise it, those of 6.4.1(2) that the records show are added:
    a school or nursery, an important event of the calendar. How the trend was judged goes with it (3.4.1). The same
    application twice is one. Refused: by another office (403), without grounds (422), for a county's Ⅳ, which has no
    city headquarters (409, A31).
    """
    incident, response = lock_response(response)
    check_actor_in_city(by, Right.APPLY, incident)
    check_is_running(response, "6.4.1")
    report, on_record = latest_report(incident), grounds_on_record(incident, at)
    if level.more_severe_than(ResponseLevel(response.level)):
        findings = {**on_record, **findings}
    check_can_adjust(response, level, findings, note, report, on_record=on_record)
    trend = "；".join(map(str, trend_judgements(incident, report)))
    stored = {
        FROM: response.level,
        TREND: trend,
        **{element.value: text for element, text in findings.items()},
    }
    waiting = Decision.objects.filter(
        response=response, act=Act.ADJUST, step=Step.APPLY, level=level, followed_by=None
    )
    for before in waiting:
        if (before.findings, before.note) == (stored, note):
            return before
    fields = {"response": response, "level": level, "note": note, "findings": stored, "report": report}
    decision = decide(incident=incident, act=Act.ADJUST, step=Step.APPLY, fields=fields, by=by, at=at)
    title = _("申请将响应级别调整为%s级") % level.numeral
    to = [response.headquarters.body.code]
    tell(incident=incident, about=decision, title=title, body="", to=to, by=by, at=at)
    return decision


@transaction.atomic
def decide_adjustment(
    *, application: Decision, is_approved: bool, note: str = "", by: Actor, at: datetime
) -> Response:
    """Decide on an application as headquarters (3.1, 6.4.1): the response level moves, the incident's never (A30).

    Lowering to Ⅳ hands over to the commissions of the counties concerned, without a fresh assessment (A63). Refused: by
    another office or the applicant (403), once answered or overtaken (409).
    """
    incident, response = lock_response_of(application)
    check_actor_may_on(by, Right.DECIDE_ADJUSTMENT, response)
    answer = application.followed_by.order_by("pk").last()
    step = Step.APPROVE if is_approved else Step.REJECT
    if answer is not None and (answer.recorded_by, answer.step) == (by.ref, step):
        return response
    check_unanswered(answer, "6.4.1")
    check_is_running(response, "6.4.1")
    check_is_no_preparer([application], incident, [Act.ADJUST], by.ref)
    level = ResponseLevel(application.level)
    if is_approved:
        report = latest_report(incident)
        check_still_fits(application, response, report)
        on_record = grounds_on_record(incident, at)
        findings = findings_of(application)
        check_can_adjust(response, level, findings, application.note, report, on_record=on_record)
    fields = {"response": response, "level": level, "note": note, "rests_on": application}
    decision = decide(incident=incident, act=Act.ADJUST, step=step, fields=fields, by=by, at=at)
    if is_approved:
        _move(incident, response, level, by, at)
    words = {"answer": step.label, "level": level.numeral}
    title = _("响应级别调整为%(level)s级：%(answer)s") % words
    tell(incident=incident, about=decision, title=title, body="", to=watchers(incident), by=by, at=at)
    return response


def _move(incident: Incident, response: Response, level: ResponseLevel, by: Actor, at: datetime) -> None:
    """Set the response's level, or hand over to the counties (A63)."""
    if level == ResponseLevel.IV:
        for county in handling_of(incident).counties:
            start_response(
                incident=incident,
                level=level,
                track=Track.COUNTY,
                county=county,
                running=county_response(incident, county),
                by=by,
                at=at,
            )
        stand_down_counties(response=response, by=by, at=at)
        response.refresh_from_db(fields=["level"])
        return
    before, response.level = response.level, level
    response.save()
    write_down(
        incident=incident,
        action="response.adjust",
        subject=response,
        payload={"from": before, "level": level.value},
        by=by,
        at=at,
    )
    follow_city(response=response, by=by, at=at)
