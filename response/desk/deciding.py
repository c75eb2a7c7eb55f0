"""What waits for somebody's decision: a level, a join, an approval, a start, an end (2, 6.1, 6.2, 6.4)."""

from collections.abc import Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.models import Incident, JoinProposal, JoinState
from incidents.permissions import check_office_fixes
from incidents.selectors import visible_incidents
from plan.authority import Act
from plan.levels import IncidentLevel, ResponseLevel
from reporting.asking import refusal_of
from response.desk.todo import ToDo
from response.models import CommanderAppointment, Decision, Track
from response.permissions import is_own
from response.policies.rounds import (
    ACTIVATIONS,
    clause_of,
    papers_owed,
    standing_approval,
    unanswered_applications,
)
from response.selectors.running import decisions_of_each, settled_among
from response.situation.now import IncidentNow, Situation
from response.waiting import Waiting, waiting_for


def levels_to_fix(actor: Actor, situation: Situation) -> Iterator[ToDo]:
    """Yield the incidents whose level this office fixes and has not fixed as grave as proposed (6.1, 6.2.4)."""
    if not actor_has(actor, Right.CONFIRM_LEVEL):
        return
    for each in situation.incidents:
        incident, proposed = each.incident, IncidentLevel(each.incident.proposed_level)
        confirmed = IncidentLevel(incident.confirmed_level or IncidentLevel.BELOW)
        if proposed.more_severe_than(confirmed) and not _fixed_elsewhere(actor, incident, proposed):
            yield _of(
                incident,
                f"level-{incident.pk}",
                _("核定级别：系统建议%s级") % proposed.numeral,
                clause="6.1",
                since=incident.changed_at,
                url=f"{reverse('response:incident', args=[incident.number])}#case-level",
            )


def _fixed_elsewhere(actor: Actor, incident: Incident, level: IncidentLevel) -> bool:
    return refusal_of(lambda: check_office_fixes(actor, incident, level)) is not None


def joins_to_decide(actor: Actor) -> Iterator[ToDo]:
    """Yield the pairs of incidents that may be one (A12, A56)."""
    if not actor_has(actor, Right.DECIDE_JOIN):
        return
    pending = JoinProposal.objects.filter(state=JoinState.PENDING, incident__in=visible_incidents(actor))
    for row in pending.select_related("incident", "other").order_by("pk"):
        yield _of(
            row.incident,
            f"join-{row.pk}",
            _("判断是否与 %s 合并") % row.other.number,
            since=row.incident.changed_at,
            url=reverse("response:join", args=[row.pk]),
        )


def decisions_waiting(actor: Actor, situation: Situation) -> Iterator[ToDo]:
    """Yield applications to answer, responses to apply for or to start, papers to hand in (6.2, A59); two queries."""
    ids = [each.incident.pk for each in situation.incidents]
    decided, settled = decisions_of_each(ids), settled_among(ids, own_county(actor))
    for each in situation.incidents:
        decisions = decided[each.incident.pk]
        yield from _applications(actor, each.incident, decisions)
        if each.incident.pk not in settled:
            yield from _starts(actor, each, decisions)
        yield from _papers(actor, each.incident, decisions)


def matters_waiting(actor: Actor) -> Iterator[ToDo]:
    """Yield what waits for headquarters or their commander, where the actor is one of them (3.1, 6.4); two queries."""
    _page, rows = waiting_for(actor, "1")
    commanded = commanded_by(actor)
    for row in rows:
        one = row.decision
        if _answers(actor, row, commanded):
            yield _of(
                one.incident,
                f"matter-{one.pk}",
                _("答复：%s") % one.get_act_display(),
                clause=clause_of(one.act),
                since=one.recorded_at,
                url=reverse("response:act_on", args=[one.incident.number, row.slug, one.pk]),
                note=one.organisation.name,
            )


def _answers(actor: Actor, row: Waiting, commanded: set[int]) -> bool:
    one = row.decision
    if row.slug == "answer-end":
        return one.response_id in commanded
    right = Right.DECIDE_WORK_REPORT if one.act == Act.WORK_REPORT else Right.DECIDE_ADJUSTMENT
    return actor_has(actor, right) and one.response is not None and is_own(actor, one.response)


def commanded_by(actor: Actor) -> set[int]:
    """Return the ids of the responses whose commander was named last and is this person in this office (A47)."""
    if actor.kind != ActorKind.USER or actor.organisation is None:
        return set()
    rows = CommanderAppointment.objects.order_by("headquarters", "-pk").distinct("headquarters")
    found = rows.values_list("headquarters__response", "holding__user", "holding__organisation")
    return {pk for pk, user, office in found if (user, office) == (actor.ident, actor.organisation.pk)}


def _applications(actor: Actor, incident: Incident, decisions: Sequence[Decision]) -> Iterator[ToDo]:
    if actor_has(actor, Right.APPROVE):
        for one in unanswered_applications(decisions):
            yield _of(
                incident,
                f"application-{one.pk}",
                _("答复：%s") % one.get_act_display(),
                clause=clause_of(one.act),
                since=one.recorded_at,
                url=reverse("response:act", args=[incident.number, "answer-activation"]),
                note=one.organisation.name,
            )


def _starts(actor: Actor, each: IncidentNow, decisions: Sequence[Decision]) -> Iterator[ToDo]:
    """The start that the confirmed level asks for and that does not run yet (6.2.1–6.2.4)."""
    incident, confirmed = each.incident, each.incident.confirmed_level
    if not confirmed or confirmed == IncidentLevel.BELOW or _runs(each, ResponseLevel(confirmed)):
        return
    level = ResponseLevel(confirmed)
    act = ACTIVATIONS[level]
    is_approved = standing_approval(decisions, act) is not None
    is_applied = any(one.act == act for one in unanswered_applications(decisions))
    slug = _start_of(actor, level, is_approved=is_approved, is_applied=is_applied)
    if slug:
        what = _("提出启动%s的申请") if slug == "apply-activation" else _("启动%s")
        yield _of(
            incident,
            f"start-{incident.pk}",
            what % level.label_zh,
            clause=clause_of(act),
            since=incident.changed_at,
            url=reverse("response:responding", args=[incident.number]),
        )


def _start_of(actor: Actor, level: ResponseLevel, *, is_approved: bool, is_applied: bool) -> str:
    if level == ResponseLevel.IV:
        in_county = actor_has(actor, Right.ACTIVATE) and not is_city_wide(actor)
        return "activate-county" if in_county else ""
    if actor_has(actor, Right.APPLY) and not (is_applied or is_approved):
        return "apply-activation"
    return "activate" if actor_has(actor, Right.ACTIVATE) and is_city_wide(actor) and is_approved else ""


def _runs(each: IncidentNow, level: ResponseLevel) -> bool:
    """Whether a response of the level's own track runs at least so high."""
    running = each.response
    if running is None:
        return False
    return ResponseLevel(running.level).at_least(level) and (
        level == ResponseLevel.IV or running.track == Track.CITY
    )


def _papers(actor: Actor, incident: Incident, decisions: Sequence[Decision]) -> Iterator[ToDo]:
    for one in papers_owed(decisions):
        if one.organisation == actor.organisation:
            yield _of(
                incident,
                f"paper-{one.pk}",
                _("补登书面文件：%s") % one.get_act_display(),
                clause=clause_of(one.act),
                since=one.given_at,
                url=reverse("response:act_on", args=[incident.number, "paper", one.pk]),
            )


def _of(incident: Incident, key: str, what: str, **more: object) -> ToDo:
    return ToDo(key=key, what=what, incident=incident, **more)  # type: ignore[arg-type]
