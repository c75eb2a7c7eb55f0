"""May this happen to a sample now? Its custody is one chain from hand to hand (6.3.4)."""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plan.refusal import PlanRefusal
from response.models import MeasureRecord


def holder_of(sample: MeasureRecord, steps: Sequence[MeasureRecord]) -> str:
    """Return who holds a sample: the last to receive it, before that who took it."""
    handed = [step for step in steps if step.kind == "sample_handover"]
    return str(handed[-1].details["to_holder"]) if handed else sample.organisation.name


def laboratory_of(steps: Sequence[MeasureRecord]) -> str:
    """Return the laboratory a sample lies in, empty while it lies in none."""
    handed = [step for step in steps if step.kind == "sample_handover"]
    return str(handed[-1].details["to_holder"]) if handed and handed[-1].details.get("is_laboratory") else ""


def check_can_hand_over(sample: MeasureRecord, steps: Sequence[MeasureRecord], done_at: datetime) -> None:
    """Raise a refusal (422) unless the handover comes after the sampling and every earlier handover (6.3.4)."""
    _check_in_order([sample, *steps], done_at)


def check_can_have_result(_sample: MeasureRecord, steps: Sequence[MeasureRecord], done_at: datetime) -> None:
    """Raise a refusal unless the sample was handed to a laboratory (409), before the result (422) (6.3.4)."""
    if not laboratory_of(steps):
        raise PlanRefusal(
            _("样品尚未移交检验机构，不能登记检验结果。"),
            clause="6.3.4",
            code="sample_not_at_laboratory",
            status=409,
            next_step=_("请先登记“样品移交”，并选明接收单位为检验机构。"),
        )
    _check_in_order(steps, done_at)


def _check_in_order(steps: Sequence[MeasureRecord], done_at: datetime) -> None:
    if steps and done_at < max(step.done_at for step in steps):
        raise PlanRefusal(
            _("时间早于这件样品的上一个环节。"),
            clause="6.3.4",
            code="sample_step_too_early",
            next_step=_("请核对移交或检验的时间。"),
        )
