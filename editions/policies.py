"""May this happen now? What a county's plan must say, and which step of a finding is next (9.1)."""

from collections.abc import Mapping
from dataclasses import fields

from django.utils.translation import gettext as _

from editions.models import Finding, FindingStepKind
from plan.county_plans import CountyPoint
from plan.edition import Hours, Thresholds
from plan.refusal import PlanRefusal

NUMBERS = tuple(each.name for kind in (Thresholds, Hours) for each in fields(kind))


def check_numbers(numbers: Mapping[str, int]) -> None:
    """Raise a refusal (422) for a number that the plan does not have, or that can be no threshold and no hours (9.1)."""
    for name, value in numbers.items():
        if name not in NUMBERS or value < 1:
            raise PlanRefusal(
                _("“%s”不是预案中的数值。") % name, clause="9.1", code="not_a_number_of_the_plan"
            )


def check_points(points: Mapping[CountyPoint, str]) -> None:
    """Raise a refusal (422) unless every point is answered (9.1: 做好与本预案的衔接)."""
    missing = [point.label_zh for point in CountyPoint if point not in points]
    if missing:
        raise PlanRefusal(_("尚未核对：%s。") % "、".join(missing), clause="9.1", code="point_left_out")


def check_step(finding: Finding, kind: FindingStepKind, note: str) -> None:
    """Raise a refusal unless the step is next and says something: mended, then verified or not, then mended again (9.1)."""
    if not note.strip():
        raise PlanRefusal(_("请说明整改或复核情况。"), clause="9.1", code="note_missing")
    last = finding.steps.order_by("-pk").first()
    awaits_look = last is not None and last.kind == FindingStepKind.MENDED
    is_settled = last is not None and last.kind == FindingStepKind.VERIFIED
    if is_settled or (kind == FindingStepKind.MENDED) == awaits_look:
        raise PlanRefusal(
            _("这一步现在不能做：先由区县（市）整改，再由检查单位复核。"),
            clause="9.1",
            code="not_the_next_step",
            status=409,
        )
