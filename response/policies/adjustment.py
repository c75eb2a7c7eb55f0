"""May the response level be raised or lowered so? Each check raises the reason and its clause (6.4.1)."""

from collections.abc import Collection, Mapping

from django.utils.translation import gettext as _

from plan.adjustment import LOWER_GROUND, RAISE_GROUNDS, Element, Ground
from plan.levels import IncidentLevel, ResponseLevel
from plan.refusal import PlanRefusal
from response.models import AssessmentReport, Decision, Response, Track

CLAUSE = "6.4.1"
# What an application keeps beside the elements: from which level, and how the trend was judged (3.4.1).
FROM, TREND = "from", "trend"


def evidenced(findings: Mapping[Element, str]) -> set[Element]:
    """Return the elements that stand with words of evidence."""
    return {element for element, evidence in findings.items() if evidence.strip()}


def ground_for(findings: Mapping[Element, str]) -> Ground | None:
    """Return the ground on which the response may be raised: (1) with all four elements, or (2) by itself (A31)."""
    shown = evidenced(findings)
    for ground in RAISE_GROUNDS:
        found = shown & set(ground.elements)
        if found == set(ground.elements) if ground.needs_all else found:
            return ground
    return None


def check_can_adjust(
    response: Response,
    level: ResponseLevel,
    findings: Mapping[Element, str],
    note: str,
    report: AssessmentReport | None,
    *,
    on_record: Collection[Element],
) -> None:
    """Raise a refusal unless the grounds for another level are shown (6.4.1, A31, A32); the incident's level stays.

    on_record: the elements of 6.4.1(2) that the records show; that it is within an important event, the calendar alone
    says (A22).
    """
    now = ResponseLevel(response.level)
    check_has_city_headquarters(response)
    if level == now:
        raise PlanRefusal(_("目标级别与现在的响应级别相同。"), clause=CLAUSE, code="same_level")
    if not note.strip():
        raise PlanRefusal(
            _("须附分析、评估和论证的书面意见。"),
            clause=CLAUSE,
            code="not_argued",
            next_step=_("一份签署的意见可以同时包含分析、评估和论证。"),
        )
    if level.more_severe_than(now):
        check_can_raise(findings, on_record)
    else:
        check_can_lower(now, level, findings, report)


def check_has_city_headquarters(response: Response) -> None:
    """Raise a refusal (409) for a county's Ⅳ: raising it means a Ⅲ of the city's, by 认定 or takeover (A31)."""
    if response.track == Track.COUNTY:
        raise PlanRefusal(
            _("Ⅳ级应急响应没有市应急指挥部，不能按6.4.1提高。"),
            clause=CLAUSE,
            code="no_city_headquarters",
            status=409,
            next_step=_("需要Ⅲ级响应的，由市政府认定或决定由市级负责处置（1.3、2.3(3)），并经市政府同意。"),
        )


def check_can_raise(findings: Mapping[Element, str], on_record: Collection[Element]) -> None:
    """Raise a refusal (422) unless (1) has all four elements, or (2) stands (6.4.1, A22, A31)."""
    known = {
        element: words
        for element, words in findings.items()
        if element != Element.IMPORTANT_EVENT or element in on_record
    }
    if ground_for(known) is not None:
        return
    if ground_for(findings) is not None:
        raise PlanRefusal(
            _("重要活动日历中没有这起事故所在期间和区域的活动。"),
            clause="6.4.1(2)",
            code="event_not_in_calendar",
            next_step=_("请先在重要活动日历中登记该活动，再提出申请。"),
        )
    lacking = [each.label_zh for each in RAISE_GROUNDS[0].elements if each not in evidenced(findings)]
    raise PlanRefusal(
        _("提高响应级别须四项俱备，或属学校、托幼机构、重要活动期间；尚缺：%s。") % "、".join(lacking),
        clause="6.4.1(1)",
        code="raise_not_grounded",
    )


def check_can_lower(
    now: ResponseLevel,
    level: ResponseLevel,
    findings: Mapping[Element, str],
    report: AssessmentReport | None,
) -> None:
    """Raise a refusal unless all three findings stand and the current assessment is strictly below (6.4.1, A32)."""
    lacking = [each.label_zh for each in LOWER_GROUND.elements if each not in evidenced(findings)]
    if lacking:
        raise PlanRefusal(
            _("降低响应级别须三项俱备；尚缺：%s。") % "、".join(lacking),
            clause=CLAUSE,
            code="lower_not_grounded",
        )
    present = IncidentLevel(report.present_level) if report is not None else None
    if present is None or not IncidentLevel(now).more_severe_than(present):
        raise PlanRefusal(
            _("现行评估尚未降到原级别以下。"),
            clause=CLAUSE,
            code="assessment_not_below",
            status=409,
            next_step=_("请先按6.1重新评估危害、范围和趋势。"),
        )
    if present.more_severe_than(IncidentLevel(level)):
        raise PlanRefusal(
            _("现行评估只支持降到%s级。") % present.numeral, clause=CLAUSE, code="lower_than_assessed"
        )


def check_still_fits(application: Decision, response: Response, report: AssessmentReport | None) -> None:
    """Raise a refusal (409) when the level moved or a new assessment came since the application was filed."""
    if application.findings.get(FROM) != response.level or (
        report is not None and application.report_id not in {None, report.pk}
    ):
        raise PlanRefusal(
            _("申请之后响应级别或评估已有变化，请重新申请。"), clause=CLAUSE, code="overtaken", status=409
        )


def findings_of(application: Decision) -> dict[Element, str]:
    """Return the plan's elements that an application shows, each with its evidence (6.4.1)."""
    return {element: application.findings[element] for element in Element if element in application.findings}
