"""May this happen to a signal now?"""

from collections.abc import Sequence

from django.utils.translation import gettext as _

from accounts.models import Organisation
from incidents.models import Incident
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal
from reporting.models import Signal, SignalState, SingleCase
from reporting.single_cases import CaseFate

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


def check_can_withdraw_case(case: SingleCase, hospital: Organisation, reason: str) -> None:
    """Raise a refusal unless it is the hospital's own case (403) as it stands (409), and the withdrawal says why (422)."""
    if case.organisation_id != hospital.pk:
        raise PlanRefusal(
            _("只能撤回本院报送的病例。"), clause="4.1", code="case_of_another_hospital", status=403
        )
    if case.is_withdrawn or SingleCase.objects.filter(corrects=case).exists():
        raise PlanRefusal(
            _("这例病例已撤回或已有更新的修订。"),
            clause="4.1",
            code="case_not_standing",
            status=409,
            next_step=_("请刷新页面，查看最新修订。"),
        )
    if not reason.strip():
        raise PlanRefusal(_("撤回须写明理由。"), clause="4.1", code="withdrawal_without_reason")


def check_all_taken(fates: Sequence[CaseFate]) -> None:
    """Raise a refusal (409) unless every case was taken, or known already as it is."""
    outdated = [fate for fate in fates if fate.code]
    if outdated:
        raise PlanRefusal(
            _("其间又有报送更新了其中%d例，没有保存。") % len(outdated),
            clause="4.1",
            code="cases_outdated",
            status=409,
            next_step=_("请从最新的内容重新办理。"),
        )
