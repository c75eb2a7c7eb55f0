"""May this happen to the incident now? Each check raises the reason and its clause."""

from django.utils.translation import gettext as _

from incidents.models import Incident, IncidentStatus, JoinProposal, JoinState
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal


def check_is_open(incident: Incident) -> None:
    """Raise a refusal (409) unless the incident still takes facts."""
    if incident.status == IncidentStatus.OPEN:
        return
    into = incident.merged_into
    raise PlanRefusal(
        _("事故%(number)s已%(status)s，不能再登记。")
        % {"number": incident.number, "status": IncidentStatus(incident.status).label.removeprefix("已")},
        clause="5.1(6)",
        code="incident_not_open",
        status=409,
        next_step=_("请到事故%s登记。") % into.number if into else _("有新情况的，请重新报告。"),
    )


def check_can_confirm_level(incident: Incident, level: IncidentLevel, note: str) -> None:
    """Raise a refusal unless the level may be confirmed as it stands (6.1, A13: each level is "情形之一").

    Lower than what the facts meet is refused; higher needs a note of its ground.
    """
    check_is_open(incident)
    proposed = IncidentLevel(incident.proposed_level)
    if proposed.more_severe_than(level):
        raise PlanRefusal(
            _("现有事实已达到%s，不能核定为更低级别。") % proposed.label_zh,
            clause="6.1",
            code="level_below_facts",
            status=409,
            next_step=_("事实有误的，请先更正事实，系统会重新评估。"),
        )
    if level.more_severe_than(proposed) and not note.strip():
        raise PlanRefusal(
            _("核定级别高于系统建议，须写明依据。"),
            clause="6.1",
            code="level_above_facts_needs_note",
            next_step=_("请在说明中写明评估依据或认定文号。"),
        )


def check_can_decide_join(proposal: JoinProposal) -> None:
    """Raise a refusal (409) unless the proposed join still waits for a decision and both incidents are open."""
    if proposal.state != JoinState.PENDING:
        raise PlanRefusal(
            _("这条合并建议已有结论。"), clause="5.1(6)", code="join_already_decided", status=409
        )
    check_is_open(proposal.incident)
    check_is_open(proposal.other)
