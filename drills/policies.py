"""May this be done to a drill now? (预案 9.2)"""

from datetime import datetime

from django.utils.translation import gettext as _

from drills.models import DrillTurn, TurnKind
from drills.scripts import Script, ready_made
from plan.refusal import PlanRefusal

FASTEST = 60


def check_can_be_drill(script: str, factor: int) -> None:
    """Refuse (422) a script that does not ship and a pace that no clock can run at."""
    if script not in ready_made():
        raise PlanRefusal(_("没有这个演练脚本。"), clause="9.2", code="no_such_script")
    if not 1 <= factor <= FASTEST:
        raise PlanRefusal(_("演练倍速为1至60倍。"), clause="9.2", code="pace_out_of_range")


def check_has_not_ended(turn: DrillTurn) -> None:
    """Refuse (409) what can't be done to a drill that is over."""
    if turn.kind == TurnKind.END:
        raise PlanRefusal(_("演练已经结束。"), clause="9.2", code="drill_has_ended", status=409)


def check_runs(turn: DrillTurn) -> None:
    """Refuse (409) whatever needs the drill's clock to run."""
    check_has_not_ended(turn)
    if turn.factor == 0:
        raise PlanRefusal(
            _("演练已暂停，时钟停着，不能操作。"),
            clause="9.2",
            code="drill_is_paused",
            status=409,
            next_step=_("请等组织单位继续演练。"),
        )


def check_can_resume(turn: DrillTurn) -> None:
    """Refuse (409) to let a clock go on that runs already."""
    check_has_not_ended(turn)
    if turn.factor:
        raise PlanRefusal(_("演练正在进行。"), clause="9.2", code="drill_runs", status=409)


def check_can_end(turn: DrillTurn, script: Script, shown: datetime, reason: str) -> None:
    """Refuse to end a drill twice (409), and before its script is played out without saying why (422)."""
    check_has_not_ended(turn)
    if shown < script.ends and not reason:
        raise PlanRefusal(
            _("脚本还没有演完，提前结束请写明理由。"), clause="9.2", code="early_end_needs_a_reason"
        )


def check_can_skip(turn: DrillTurn, until: datetime | None) -> datetime:
    """Return what the clock is put on to; a refusal (409) where nothing lies ahead."""
    check_runs(turn)
    if until is None:
        raise PlanRefusal(
            _("脚本后面没有安排了，可以结束演练。"), clause="9.2", code="nothing_ahead", status=409
        )
    return until
