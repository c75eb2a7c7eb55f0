"""May this be put on a patient's record? Each check raises the reason (6.4.2(1), 6.3.1)."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from django.utils.translation import gettext as _

from plan.agents import agents
from plan.courses import Turn
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.models import AgentFinding, Patient, PatientEvent

CLAUSE = "6.4.2(1)"
MOST_AT_ONCE = 2000
LONGEST_ID = 64


def check_entry(
    local_ids: Sequence[str], turns: Mapping[Turn, datetime], hospital_kind: str, at: datetime
) -> None:
    """Raise a refusal (422) unless an entry names patients of a hospital and what happened to them, and when."""
    if not local_ids or len(local_ids) > MOST_AT_ONCE or any(len(each) > LONGEST_ID for each in local_ids):
        raise PlanRefusal(
            _("请填写患者编号，每行一个，每次不超过%(most)d人，每个编号不超过%(longest)d个字符。")
            % {"most": MOST_AT_ONCE, "longest": LONGEST_ID},
            clause=CLAUSE,
            code="patients_unnamed",
        )
    if hospital_kind != OfficeKind.HOSPITAL:
        raise PlanRefusal(_("请选择收治医院。"), clause=CLAUSE, code="not_a_hospital")
    if not turns or Turn.TRANSFERRED in turns:
        raise PlanRefusal(
            _("请至少填写一项情况及其时间；转院请在患者页面登记。"), clause=CLAUSE, code="nothing_happened"
        )
    if any(when > at for when in turns.values()):
        raise PlanRefusal(_("时间不能晚于现在。"), clause=CLAUSE, code="time_in_future")
    check_order(turns)


def check_order(turns: Mapping[Turn, datetime]) -> None:
    """Raise a refusal (422) if something happened to a patient before they fell ill."""
    fell_ill = turns.get(Turn.FELL_ILL)
    early = [turn for turn, when in turns.items() if fell_ill is not None and when < fell_ill]
    if early:
        raise PlanRefusal(
            _("“%s”的时间早于发病时间。") % early[0].label_zh, clause=CLAUSE, code="before_falling_ill"
        )


def check_alive(record: Patient, before: Sequence[PatientEvent], turns: Mapping[Turn, datetime]) -> None:
    """Raise a refusal (409) if the patient has died before what is to be entered now."""
    died = [one.happened_at for one in before if one.kind == Turn.DIED]
    if died and any(when > died[0] for when in turns.values()):
        raise PlanRefusal(
            _("编号%s的患者已登记死亡，此后的情况不能再登记。") % record.local_id,
            clause=CLAUSE,
            code="patient_died",
            status=409,
            next_step=_("死亡登记有误的，请先写明理由撤回。"),
        )


def check_can_transfer(record: Patient, before: Sequence[PatientEvent], to: Patient) -> None:
    """Raise a refusal unless the patient is in this hospital and goes to another (6.3.1)."""
    if to.hospital_id == record.hospital_id:
        raise PlanRefusal(_("转出医院和转入医院相同。"), clause="6.3.1", code="transfer_to_same_hospital")
    if before and before[-1].to_id is not None and before[-1].to_id != record.pk:
        raise PlanRefusal(
            _("这名患者已转往其他医院，请在转入医院的记录上登记。"),
            clause="6.3.1",
            code="patient_elsewhere",
            status=409,
        )


def check_can_take_back(event: PatientEvent, reason: str) -> None:
    """Raise a refusal unless an entry still stands (409) and a reason is given (422) (5.1)."""
    if not reason.strip():
        raise PlanRefusal(_("撤回须写明理由。"), clause="5.1", code="retraction_without_reason")
    if event.retracts_id is not None or PatientEvent.objects.filter(retracts=event).exists():
        raise PlanRefusal(_("这条记录已被撤回。"), clause="5.1", code="turn_already_retracted", status=409)


def check_agent(finding: AgentFinding, at: datetime) -> None:
    """Raise a refusal (422) unless an agent is of the table or in words, and figures of one's own name the expert (A33)."""
    if finding.agent and finding.agent not in agents():
        raise PlanRefusal(_("没有这种致病因子的代码。"), clause=CLAUSE, code="agent_unknown")
    if bool(finding.agent) and bool(finding.other.strip()):
        raise PlanRefusal(_("表列的致病因子和其他致病因子只能填写一项。"), clause=CLAUSE, code="two_agents")
    if finding.last_exposure_at is not None and finding.last_exposure_at > at:
        raise PlanRefusal(_("时间不能晚于现在。"), clause=CLAUSE, code="time_in_future")
    has_figures = finding.incubation_h is not None or finding.last_exposure_at is not None
    is_short = finding.incubation_h is not None and finding.incubation_h <= 0
    if is_short or (has_figures and not finding.expert.strip()):
        raise PlanRefusal(
            _("另定最长潜伏期或起算时间的，须写明作出判断的专家；潜伏期须大于零。"),
            clause=CLAUSE,
            code="incubation_without_expert",
        )
