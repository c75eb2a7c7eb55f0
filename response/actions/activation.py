"""Start a response: weigh, apply, approve, activate, take over; each step is a row of its own (1.3, 6.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.models import Incident
from plan.authority import Act
from plan.levels import ResponseLevel
from plan.refusal import PlanRefusal
from response.actions.deciding import decide, lock_whole, tell, watchers
from response.actions.starting import start_response
from response.models import Decision, Response, Step, Track
from response.permissions import check_actor_in_city, check_actor_in_county
from response.policies.activation import (
    check_can_activate,
    check_can_activate_county,
    check_can_take_over,
    check_can_weigh,
    check_is_no_preparer,
    check_level_is_citys,
)
from response.policies.rounds import ACTIVATIONS, clause_of, latest, this_round
from response.policies.spoken import Spoken, check_spoken
from response.selectors.running import city_response, county_response, decisions_of


@transaction.atomic
def weigh_impact(*, incident: Incident, impact: str, trend: str, by: Actor, at: datetime) -> Decision:
    """Record the commission's comprehensive assessment of impact and trend, before Ⅰ (6.2.1).

    Refused: by another office (403), before the first assessment says Ⅰ (409), without both parts (422).
    """
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.WEIGH, incident)
    check_can_weigh(incident)
    if not impact.strip() or not trend.strip():
        raise PlanRefusal(
            _("综合评估须同时写明事故影响及其趋势。"), clause="6.2.1", code="weighing_incomplete"
        )
    findings = {"impact": impact, "trend": trend}
    return decide(
        incident=incident,
        act=Act.ACTIVATE_I,
        step=Step.WEIGH,
        fields={"level": ResponseLevel.I, "findings": findings},
        by=by,
        at=at,
    )


@transaction.atomic
def apply_for_activation(
    *, incident: Incident, level: ResponseLevel, note: str, by: Actor, at: datetime
) -> Decision:
    """File the office's application to activate (3.2): owed, and no gate (A28)."""
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.APPLY, incident)
    check_level_is_citys(level)
    decision = decide(
        incident=incident,
        act=ACTIVATIONS[level],
        step=Step.APPLY,
        fields={"level": level, "note": note},
        by=by,
        at=at,
    )
    words = _("市食药安办申请启动%s") % level.label_zh
    tell(
        incident=incident,
        about=decision,
        title=words,
        body=_("没有答复不等于同意（预案6.2）。"),
        to=["city-gov", "city-commission"],
        by=by,
        at=at,
    )
    return decision


@transaction.atomic
def answer_activation(
    *,
    incident: Incident,
    level: ResponseLevel,
    is_approved: bool,
    spoken: Spoken,
    by: Actor,
    at: datetime,
) -> Decision:
    """Record 市政府's 批准 of Ⅰ or 同意 to Ⅱ, Ⅲ, or that it does not consent (6.2.1–6.2.3, A28, A59).

    By mouth: the paper is owed. The same word entered twice is one. Refused: by another office or the preparer (403).
    """
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.APPROVE, incident)
    check_level_is_citys(level)
    act, decisions = ACTIVATIONS[level], decisions_of(incident)
    check_is_no_preparer(decisions, incident, [act], by.ref)
    check_spoken(spoken, clause_of(act), at)
    step = Step.APPROVE if is_approved else Step.REJECT
    before = latest(this_round(decisions), act, Step.APPROVE, Step.REJECT)
    if before is not None and before.step == step and _is_same(before, spoken):
        return before
    decision = decide(
        incident=incident, act=act, step=step, spoken=spoken, fields={"level": level}, by=by, at=at
    )
    words = {"level": level.label_zh, "answer": step.label}
    tell(
        incident=incident,
        about=decision,
        title=_("市政府%(answer)s：启动%(level)s") % words,
        body="",
        to=["city-commission", "city-fso"],
        by=by,
        at=at,
    )
    return decision


@transaction.atomic
def activate_response(*, incident: Incident, level: ResponseLevel, by: Actor, at: datetime) -> Response:
    """Start Ⅰ, Ⅱ or Ⅲ, or move the city's response up to it (6.2.1–6.2.3): the commission becomes headquarters (A29).

    Counties' responses give way (A63). A second click of the same person finds the response that the first started.
    Refused: by another office (403); unassessed, unweighed, unapproved, running already (409).
    """
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.ACTIVATE, incident)
    running, decisions = city_response(incident), decisions_of(incident)
    act = ACTIVATIONS[level]
    if running is not None and running.level == level and _was_just_done(decisions, act, by):
        return running
    approval = check_can_activate(incident, level, decisions, running)
    response = start_response(incident=incident, level=level, track=Track.CITY, running=running, by=by, at=at)
    fields = {
        "response": response,
        "level": level,
        "rests_on": approval,
        "confirmation": incident.confirmations.order_by("-pk").first(),
    }
    decision = decide(incident=incident, act=act, step=Step.ACT, fields=fields, by=by, at=at)
    _announce(decision, incident, _("市食药安委启动%s") % level.label_zh, by, at)
    return response


@transaction.atomic
def activate_county_response(*, incident: Incident, by: Actor, at: datetime) -> Response:
    """Start Ⅳ for the county's territory on its office's assessment (6.2.4, A45, A52); no consent is named (A28).

    Opens the duties to tell 市食药安办 and to file with 市政府 (备案).
    """
    incident = lock_whole(incident)
    check_actor_in_county(by, Right.ACTIVATE, incident)
    county = own_county(by)
    running = county_response(incident, county)
    if running is not None and running.beside_id is None and running.activated_by == by.ref:
        return running
    check_can_activate_county(incident, city_response(incident), running)
    response = start_response(
        incident=incident, level=ResponseLevel.IV, track=Track.COUNTY, county=county, by=by, at=at
    )
    fields = {
        "response": response,
        "level": ResponseLevel.IV,
        "county": county,
        "confirmation": incident.confirmations.order_by("-pk").first(),
    }
    decision = decide(incident=incident, act=Act.ACTIVATE_IV, step=Step.ACT, fields=fields, by=by, at=at)
    words = {"county": county, "level": ResponseLevel.IV.label_zh}
    _announce(decision, incident, _("%(county)s食药安委启动%(level)s") % words, by, at)
    return response


@transaction.atomic
def take_over(
    *, incident: Incident, level: ResponseLevel, spoken: Spoken, by: Actor, at: datetime
) -> Response:
    """Record 市政府's decision that the city handles the incident itself (1.3, A31, A62); its level does not change.

    level: of the response, Ⅳ unless the decision names Ⅲ. The commission takes the powers of chapter 3.
    """
    incident = lock_whole(incident)
    check_actor_in_city(by, Right.APPROVE, incident)
    check_spoken(spoken, "1.3", at)
    running = city_response(incident)
    if running is not None and _was_just_done(decisions_of(incident), Act.TAKE_OVER, by):
        return running
    check_can_take_over(incident, level, running)
    response = start_response(incident=incident, level=level, track=Track.CITY, by=by, at=at)
    fields = {"response": response, "level": level}
    decision = decide(
        incident=incident, act=Act.TAKE_OVER, step=Step.ACT, spoken=spoken, fields=fields, by=by, at=at
    )
    _announce(decision, incident, _("市政府决定由市级负责处置"), by, at)
    return response


def _announce(decision: Decision, incident: Incident, words: str, by: Actor, at: datetime) -> None:
    body = _("事故级别：%s。") % incident.duty_level.numeral
    tell(incident=incident, about=decision, title=words, body=body, to=watchers(incident), by=by, at=at)


def _is_same(before: Decision, spoken: Spoken) -> bool:
    return all(getattr(before, name) == getattr(spoken, name) for name in Spoken.__slots__)


def _was_just_done(decisions: list[Decision], act: Act, by: Actor) -> bool:
    done = latest(this_round(decisions), act, Step.ACT)
    return done is not None and done.recorded_by == by.ref
