"""May the aftermath be declared finished now? (7.1, 7.2)"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from aftermath.models import Finish
from incidents.models import Incident, IncidentStatus
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from response.models import Response, ResponseState

CLAUSE = "7.2"


def check_can_finish(incident: Incident, responses: Sequence[Response], last: Finish | None) -> None:
    """Raise a refusal (409) while a response runs, where one is still to come, or once declared since the last end."""
    if any(each.state == ResponseState.ACTIVE for each in responses):
        raise _not_yet(_("应急响应尚未终止。"), "response_runs", _("响应终止后再宣布善后工作结束。"))
    if not responses and incident.status == IncidentStatus.OPEN and _awaits_response(incident):
        raise _not_yet(
            _("Ⅳ级以上事故尚未启动应急响应。"),
            "response_to_come",
            _("请先按预案6.2启动响应，或重新核定级别。"),
        )
    ends = [each.ended_at for each in responses if each.ended_at is not None]
    if last is not None and all(end <= last.declared_at for end in ends):
        raise _not_yet(
            _("善后工作已宣布结束。"), "aftermath_finished", _("结转的事项继续登记，无须再次宣布。")
        )


def check_saw_what_is_open(shown: int, still_open: int) -> None:
    """Raise a refusal (409) if more or fewer items are open than the person was shown."""
    if shown != still_open:
        raise PlanRefusal(
            _("未了结的事项现为%(now)d项，您看到的是%(seen)d项。") % {"now": still_open, "seen": shown},
            clause=CLAUSE,
            code="open_items_changed",
            status=409,
            next_step=_("请重新查看未了结的事项后再宣布。"),
        )


def check_says_how_it_went(statement: str) -> None:
    """Raise a refusal (422) unless the declaration says how the aftermath went."""
    if not statement.strip():
        raise PlanRefusal(_("请写明善后处置情况。"), clause=CLAUSE, code="finish_without_statement")


def _awaits_response(incident: Incident) -> bool:
    return incident.duty_level.at_least(IncidentLevel.IV)


def _not_yet(message: str, code: str, next_step: str) -> PlanRefusal:
    return PlanRefusal(message, clause=CLAUSE, code=code, status=409, next_step=next_step)
