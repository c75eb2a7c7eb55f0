"""May this happen to the incident now? Each check raises the reason and its clause."""

from datetime import datetime

from django.utils.translation import gettext as _

from incidents.codes import SYMPTOMS
from incidents.models import (
    Case,
    CaseDefinition,
    Certainty,
    Fact,
    Incident,
    IncidentStatus,
    JoinProposal,
    JoinState,
    PersonDecision,
)
from incidents.persons import name_of
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal

# The clause whose number the case definition decides, and what makes two versions differ.
ILL = "2.3(2)"
CRITERIA = (
    *("symptoms", "symptom_rule", "onset_from", "onset_until", "exposed_from", "exposed_until"),
    *("place", "agent", "counts", "counts_secondary"),
)


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


def check_can_decide_person(
    whole: Incident, first: Case, second: Case, *, is_same: bool, reason: str
) -> None:
    """Raise a refusal unless two records may be found one patient, or two, as it stands (A12)."""
    if not reason.strip():
        raise PlanRefusal(_("请写明判断的理由。"), clause="2.3(2)", code="person_without_reason")
    family = {whole.pk, *Incident.objects.filter(merged_into=whole).values_list("pk", flat=True)}
    names = sorted((name_of(first), name_of(second)))
    if names[0] == names[1] or {first.fact.incident_id, second.fact.incident_id} - family:
        raise PlanRefusal(
            _("两条记录本来就是同一人，或不属于同一起事故。"), clause="2.3(2)", code="person_not_a_pair"
        )
    if first.person and second.person and is_same != (first.person == second.person):
        raise PlanRefusal(
            _("两条记录的证件号%s，不能作此认定。")
            % (_("相同") if first.person == second.person else _("不同")),
            clause="2.3(2)",
            code="person_numbers_say_otherwise",
            next_step=_("证件号填错的，请医院更正后重报。"),
        )
    before = PersonDecision.objects.filter(incident__in=family, first=names[0], second=names[1])
    latest = before.order_by("pk").last()
    if latest is not None and latest.is_same == is_same:
        raise PlanRefusal(_("这两条记录已有相同结论。"), clause="2.3(2)", code="person_decided", status=409)


def check_can_define_cases(asked: CaseDefinition, in_force: CaseDefinition | None, at: datetime) -> None:
    """Raise a refusal unless a case definition may take the place of the one in force (A12)."""
    if not asked.reason.strip():
        raise PlanRefusal(_("请写明制定或修改病例定义的理由。"), clause=ILL, code="definition_without_reason")
    if not asked.counts or set(asked.counts) - set(Certainty.values):
        raise PlanRefusal(_("请选定哪几类病例计入发病人数。"), clause=ILL, code="definition_counts_nobody")
    if set(asked.symptoms) - {name for names in SYMPTOMS.values() for name in names}:
        raise PlanRefusal(_("有症状不在症状代码表中。"), clause=ILL, code="definition_symptom_unknown")
    for first, last in ((asked.onset_from, asked.onset_until), (asked.exposed_from, asked.exposed_until)):
        if first and (first > at or (last and first > last)):
            raise PlanRefusal(
                _("起始时间不能晚于截止时间，也不能晚于现在。"), clause=ILL, code="definition_window_invalid"
            )
    if in_force and all(getattr(asked, name) == getattr(in_force, name) for name in CRITERIA):
        raise PlanRefusal(
            _("与现行病例定义相同，不必另立一版。"), clause=ILL, code="definition_unchanged", status=409
        )


def check_can_decide_join(proposal: JoinProposal) -> None:
    """Raise a refusal (409) unless the proposed join still waits for a decision and both incidents are open."""
    if proposal.state != JoinState.PENDING:
        raise PlanRefusal(
            _("这条合并建议已有结论。"), clause="5.1(6)", code="join_already_decided", status=409
        )
    check_is_open(proposal.incident)
    check_is_open(proposal.other)


def check_happened(earliest: datetime, latest: datetime, at: datetime) -> None:
    """Raise a refusal (422) unless something can have happened between these two moments (5.2, A48)."""
    if latest > at:
        raise PlanRefusal(
            _("时间不能晚于现在。"), clause="5.2", code="time_in_future", next_step=_("请核对日期和时间。")
        )
    if earliest > latest:
        raise PlanRefusal(
            _("发生时间的最早值不能晚于最晚值。"), clause="5.2", code="happened_interval_invalid"
        )


def check_can_correct_fact(fact: Fact, *, is_corrected: bool, reason: str) -> None:
    """Raise a refusal unless the fact still stands (409) and a reason is given (422) (5.1)."""
    if not reason.strip():
        raise PlanRefusal(_("更正须写明理由。"), clause="5.1", code="correction_without_reason")
    if fact.is_retraction or is_corrected:
        raise PlanRefusal(
            _("这项事实已被更正或撤回。"),
            clause="5.1",
            code="fact_already_corrected",
            status=409,
            next_step=_("请刷新页面，更正最新的一项。"),
        )


def check_can_merge(whole: Incident, part: Incident, reason: str) -> None:
    """Raise a refusal unless two incidents may become one: both open (409), both real or both a drill (422), a reason."""
    check_is_open(whole)
    check_is_open(part)
    if whole.pk == part.pk:
        raise PlanRefusal(_("事故不能与自身合并。"), clause="2.3(2)", code="merge_with_itself")
    if whole.is_drill != part.is_drill:
        raise PlanRefusal(_("演练与真实事故不能合并。"), clause="2.3(2)", code="merge_drill_and_real")
    if not reason.strip():
        raise PlanRefusal(_("请写明判断的理由。"), clause="2.3(2)", code="join_without_reason")


def check_can_split(part: Incident, whole: Incident, reason: str) -> None:
    """Raise a refusal unless a merged part may be split off again: it is merged, the whole open (409), a reason (422)."""
    if part.status != IncidentStatus.MERGED:
        raise PlanRefusal(
            _("这起事故没有并入其他事故。"), clause="2.3(2)", code="incident_not_merged", status=409
        )
    check_is_open(whole)
    if not reason.strip():
        raise PlanRefusal(_("请写明拆分的理由。"), clause="2.3(2)", code="split_without_reason")
