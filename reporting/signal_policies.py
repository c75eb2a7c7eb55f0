"""May this happen to a signal now?"""

from django.utils.translation import gettext as _

from incidents.models import Incident
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal
from reporting.models import Signal, SignalState, SingleCase

DECIDED = frozenset({SignalState.OPENED, SignalState.JOINED, SignalState.DISMISSED})


def check_is_proposed(signal: Signal) -> None:
    """Raise a refusal (409) unless the signal waits for judgement."""
    if signal.state != SignalState.PROPOSED:
        raise PlanRefusal(
            _("这个信号已经处理：%s。") % signal.get_state_display(),
            clause="4.1",
            code="signal_decided",
            status=409,
            next_step=_("请刷新页面；要改变决定的，先撤回原决定。"),
        )


def check_is_decided(signal: Signal) -> None:
    """Raise a refusal (409) unless there is a decision that can be taken back."""
    if signal.state not in DECIDED:
        raise PlanRefusal(
            _("这个信号没有可以撤回的决定。"), clause="4.1", code="signal_not_decided", status=409
        )


def check_has_reason(reason: str) -> None:
    """Raise a refusal (422) unless the decision says why."""
    if not reason.strip():
        raise PlanRefusal(_("请写明理由。"), clause="4.1", code="signal_without_reason")


def check_can_go_with(signal: Signal, cases: list[SingleCase], incident: Incident | None) -> None:
    """Raise a refusal unless there are cases to count (422), and the incident is open (409) and as real as they are (422)."""
    if not cases:
        raise PlanRefusal(
            _("这个信号现在没有可以计入的病例：只有公众报告，或者病例已被医院撤回。"),
            clause="5.2",
            code="signal_without_cases",
            next_step=_("公众报告请在“公众报告”中分办；没有依据的，请写明理由不予立案。"),
        )
    if incident is None:
        return
    check_is_open(incident)
    if incident.is_drill != signal.is_drill:
        raise PlanRefusal(_("演练与真实事故不能合并。"), clause="2.3(2)", code="merge_drill_and_real")
