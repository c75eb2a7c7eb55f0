"""May a response be weighed, approved, started, taken over now? Each check raises the reason and its clause (6.2)."""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from incidents.models import Incident
from incidents.policies import check_is_open
from plan.authority import Act
from plan.levels import IncidentLevel, ResponseLevel
from plan.refusal import PlanRefusal
from response.models import Decision, Response, Step
from response.policies.rounds import (
    ACTIVATIONS,
    clause_of,
    latest,
    standing_approval,
    standing_weighing,
    this_round,
)

BY_CITY = (ResponseLevel.I, ResponseLevel.II, ResponseLevel.III)


def check_can_weigh(incident: Incident) -> None:
    """Raise a refusal (409) unless the first assessment says Ⅰ (6.2.1)."""
    check_is_open(incident)
    check_first_assessment(incident, ResponseLevel.I)


def check_first_assessment(incident: Incident, level: ResponseLevel) -> None:
    """Raise a refusal (409) unless an office has assessed the incident at this level (6.1, 6.2)."""
    if incident.confirmed_level == level:
        return
    by_county = level == ResponseLevel.IV
    raise PlanRefusal(
        _("尚未评估为%s食品安全事故。") % IncidentLevel(level).label_zh,
        clause=clause_of(ACTIVATIONS[level]),
        code="not_assessed_at_level",
        status=409,
        next_step=_("请先由县级食药安办评估。") if by_county else _("请先由市食药安办评估并核定级别。"),
    )


def check_level_is_citys(level: ResponseLevel) -> None:
    """Raise a refusal (422) for Ⅳ: the county commission starts it, and no consent is named (6.2.4)."""
    if level not in BY_CITY:
        raise PlanRefusal(
            _("Ⅳ级应急响应由县级食药安委启动。"),
            clause="6.2.4",
            code="started_by_county",
            next_step=_("请由事发地县级食药安委启动。"),
        )


def check_is_no_preparer(
    decisions: Sequence[Decision], incident: Incident, acts: Sequence[str], ref: str
) -> None:
    """Raise a refusal (403) if whoever approves prepared what is to be approved (A28): same person, other office.

    Who assessed prepared it too: the assessment that an application rests on, for an activation the latest.
    """
    prepared = (Step.WEIGH, Step.APPLY, Step.PROPOSE, Step.SUBMIT)
    steps = [one for one in this_round(decisions) if one.act in acts and one.step in prepared]
    preparers = {one.recorded_by for one in steps} | {one.report.made_by for one in steps if one.report}
    if set(acts) <= set(ACTIVATIONS.values()):
        fixed = incident.confirmations.order_by("pk").last()
        report = incident.assessment_reports.order_by("pk").last()
        preparers |= {fixed.confirmed_by} if fixed is not None else set()
        preparers |= {report.made_by} if report is not None else set()
    if ref in preparers:
        raise PlanRefusal(
            _("承办评估或申请的人不能批准自己承办的事项。"),
            clause=clause_of(acts[0]),
            code="preparer_approves",
            status=403,
            next_step=_("请由其他有权的人批准。"),
        )


def check_can_activate(
    incident: Incident, level: ResponseLevel, decisions: Sequence[Decision], running: Response | None
) -> Decision:
    """Return the approval an activation by the city rests on; a refusal unless everything before it stands (6.2.1–6.2.3).

    The response that runs at a lower level goes on until then (A63). Silence is not consent (A59).
    """
    check_level_is_citys(level)
    check_is_open(incident)
    act = ACTIVATIONS[level]
    if running is not None and not level.more_severe_than(ResponseLevel(running.level)):
        raise PlanRefusal(
            _("已启动%s。") % ResponseLevel(running.level).label_zh,
            clause=clause_of(act),
            code="response_running",
            status=409,
            next_step=_("提高级别须按新的级别评估、批准；降低级别按6.4.1办理。"),
        )
    check_first_assessment(incident, level)
    if level == ResponseLevel.I and standing_weighing(decisions) is None:
        raise PlanRefusal(
            _("启动Ⅰ级应急响应前，市食药安委须对事故影响及其趋势进行综合评估。"),
            clause="6.2.1",
            code="not_weighed",
            status=409,
            next_step=_("请由市食药安委登记综合评估，再报市政府批准。"),
        )
    approval = standing_approval(decisions, act)
    if approval is not None:
        return approval
    raise PlanRefusal(_not_approved(decisions, act), clause=clause_of(act), code="not_approved", status=409)


def _not_approved(decisions: Sequence[Decision], act: Act) -> str:
    answer = latest(this_round(decisions), act, Step.APPROVE, Step.REJECT)
    if answer is not None and answer.step == Step.REJECT:
        return _("市政府未批准。")
    if answer is not None and act == Act.ACTIVATE_I:
        return _("市政府的批准早于综合评估，不能作为启动的依据；请在综合评估后重新报批。")
    return _("尚无市政府的批准或同意；没有答复不等于同意，请催办。")


def check_can_activate_county(
    incident: Incident, city_response: Response | None, running: Response | None
) -> None:
    """Raise a refusal unless the county commission may start Ⅳ: assessed so, and nothing runs over it yet (6.2.4)."""
    check_is_open(incident)
    if city_response is not None or running is not None:
        raise PlanRefusal(
            _("这起事故已有应急响应在进行。"), clause="6.2.4", code="response_running", status=409
        )
    check_first_assessment(incident, ResponseLevel.IV)


def check_can_take_over(incident: Incident, level: ResponseLevel, running: Response | None) -> None:
    """Raise a refusal unless 市政府 may take over: nothing of the city's runs, and the level named is Ⅲ or Ⅳ (1.3, A31, A62).

    At Ⅰ and Ⅱ, and where an office has assessed Ⅲ or worse, the city handles the incident by activation.
    """
    check_is_open(incident)
    if running is not None:
        raise PlanRefusal(_("市级已在处置这起事故。"), clause="1.3", code="response_running", status=409)
    assessed = IncidentLevel(incident.confirmed_level or IncidentLevel.BELOW)
    if level not in {ResponseLevel.III, ResponseLevel.IV} or assessed.at_least(IncidentLevel.III):
        raise PlanRefusal(
            _("较大及以上事故由市级处置，按评估、批准的程序启动应急响应。"),
            clause="6.2",
            code="level_needs_activation",
            status=409,
            next_step=_("请按6.2启动相应级别的应急响应。"),
        )


def check_can_handle_below(incident: Incident, running: Response | None) -> None:
    """Raise a refusal (409) unless the incident is below Ⅳ and no response runs: the county's discretion (6.2.4 ¶2, A5)."""
    check_is_open(incident)
    if running is not None or incident.duty_level != IncidentLevel.BELOW:
        raise PlanRefusal(
            _("达到一般级别或已启动应急响应的，不适用县级酌情处置。"),
            clause="6.2.4",
            code="not_below",
            status=409,
        )
