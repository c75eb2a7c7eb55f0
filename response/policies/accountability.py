"""May a suspicion be decided now? (7.3)"""

from django.utils.translation import gettext as _

from accounts.models import Organisation
from plan.refusal import PlanRefusal


def check_says_why(reason: str) -> None:
    """Raise a refusal (422) unless the person says why."""
    if not reason.strip():
        raise PlanRefusal(_("请写明理由。"), clause="7.3", code="accountability_without_reason")


def check_names_accused(accused: Organisation | None) -> Organisation:
    """Return whom a file opened by hand is about; a refusal (422) unless it is said."""
    if accused is None:
        raise PlanRefusal(_("请选择被追究的单位。"), clause="7.3", code="nobody_accused")
    return accused


def check_is_raised(*, is_raised: bool) -> None:
    """Raise a refusal (404) unless the record raises the suspicion, and this office is in charge of it (A16)."""
    if not is_raised:
        raise PlanRefusal(
            _("没有由您单位处理的这条线索。"),
            clause="7.3",
            code="prompt_not_found",
            status=404,
            next_step=_("请从责任追究线索列表进入。"),
        )


def check_can_decide(*, is_overtaken: bool, is_decided: bool) -> None:
    """Raise a refusal (409) if somebody has decided on the suspicion, or a correction has overtaken it (A48)."""
    if is_decided:
        raise PlanRefusal(
            _("这条线索已有处理结果。"),
            clause="7.3",
            code="prompt_decided",
            status=409,
            next_step=_("有新依据的，另行立案并写明理由。"),
        )
    if is_overtaken:
        raise PlanRefusal(
            _("现有记录已不支持这条线索：时限、送达或人数记录已经更正。"),
            clause="7.3",
            code="prompt_overtaken",
            status=409,
            next_step=_("确有依据的，另行立案并写明理由。"),
        )
