"""May this be released, or said to be false, now? (6.3.5, A37)"""

from collections.abc import Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plan.publishing import speaks_of_harm_or_level
from plan.refusal import PlanRefusal
from response.models import MeasureRecord

_MAJOR_TICKS = ("states_casualties", "states_level", "is_otherwise_major")


def is_major(draft: MeasureRecord) -> bool:
    """Tell whether a draft is major: its author says so, or it gives a casualty figure or a level (A37)."""
    ticked = any(draft.details.get(tick) for tick in _MAJOR_TICKS)
    return ticked or speaks_of_harm_or_level(f"{draft.details['title']} {draft.note}")


def check_can_review(_draft: MeasureRecord, steps: Sequence[MeasureRecord], _at: datetime) -> None:
    """Raise a refusal (409) if the draft has been released."""
    _check_not_released(steps)


def check_can_release(draft: MeasureRecord, steps: Sequence[MeasureRecord], _at: datetime) -> None:
    """Raise a refusal (409) unless the draft is unreleased and, if major, approved by the last review (3.1, 6.3.5)."""
    _check_not_released(steps)
    reviews = [step.details["verdict"] for step in steps if step.kind == "release_review"]
    if reviews and reviews[-1] != "approved":
        raise PlanRefusal(
            _("这份稿件已被退回，不能发布。"),
            clause="3.1",
            code="release_returned",
            status=409,
            next_step=_("请修改后另拟一稿。"),
        )
    if is_major(draft) and not reviews:
        raise PlanRefusal(
            _("稿件含重大信息（伤亡人数或级别），须先经应急指挥部审核。"),
            clause="3.1",
            code="release_needs_review",
            status=409,
            next_step=_("请先由市食药安委（应急指挥部）登记审核结论；Ⅳ级由县级食药安委审核。"),
        )


def check_was_released(_draft: MeasureRecord, steps: Sequence[MeasureRecord], _at: datetime) -> None:
    """Raise a refusal (409) unless what a press conference was held on has been released (3.2, 6.3.5)."""
    if not any(step.kind == "release" for step in steps):
        raise PlanRefusal(
            _("这份稿件尚未发布。"),
            clause="6.3.5",
            code="not_released",
            status=409,
            next_step=_("请先按程序发布，再登记发布会情况。"),
        )


def check_was_found_false(_item: MeasureRecord, steps: Sequence[MeasureRecord], _at: datetime) -> None:
    """Raise a refusal (409) unless the item was last found false, wholly or partly (6.3.5)."""
    verdicts = [step.details["verdict"] for step in steps if step.kind == "rumour_verification"]
    if verdicts and verdicts[-1] in {"false", "partly"}:
        return
    raise PlanRefusal(
        _("尚未核实为不实信息。"),
        clause="6.3.5",
        code="rumour_not_found_false",
        status=409,
        next_step=_("请先登记核实结论。"),
    )


def _check_not_released(steps: Sequence[MeasureRecord]) -> None:
    if any(step.kind == "release" for step in steps):
        raise PlanRefusal(_("这份稿件已经发布。"), clause="6.3.5", code="already_released", status=409)
