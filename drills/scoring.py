"""What came of a drill: who reported when against the plan, who did what, what was refused, what was missed (预案 9.2).

The points are the house's own, not the plan's (非预案规定): a leg or an expected act kept counts one, late a half, missed none.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from accounts.models import Organisation
from audit.models import AuditEvent
from audit.worlds import entered
from drills.models import Drill, DrillTurn, Outcome, PlayedStep
from drills.scripts import Act, Script
from drills.worlds import world_of
from incidents.models import Incident
from reporting.clocks import is_in_time
from reporting.leg_view import LegView
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from response.chronicle_labels import ACTIONS, UNSAID

IN_TIME, LATE, MISSED, AHEAD = "in_time", "late", "missed", "ahead"
POINTS: Final = {IN_TIME: 1.0, LATE: 0.5, MISSED: 0.0}
KEPT: Final = {VerdictState.MET_IN_TARGET, VerdictState.MET, VerdictState.IN_TIME, VerdictState.LATE_EXCUSED}
# What an action that people take is called in the log, where that is not its own name.
LOGGED_AS: Final = {
    "file_first_report": "reporting.accept_report",
    "confirm_on_assessment": "incidents.confirm_level",
}


def score(drill: Drill, script: Script, turn: DrillTurn) -> dict[str, Any]:
    """Return what is to be kept of a drill whose clock stands at this turn."""
    with entered(world_of(drill, turn)):
        judged = _legs(turn.shown_at)
        acts = [judge_act(act, turn.shown_at) for inject in script.injects for act in inject.acts]
        deeds, steps = _deeds(), _steps()
    told = [
        {"number": each.number, "at": _iso(each.at), "title": each.tell.title, "to": list(each.tell.to)}
        for each in script.injects
        if each.at <= turn.shown_at
    ]
    taken = drill.receipts.order_by("pk").values_list("inject", "office", "shown_at")
    refused = drill.refusals.order_by("pk").values_list("shown_at", "office", "clause", "reason")
    return {
        "shown_from": _iso(drill.started_at),
        "shown_until": _iso(turn.shown_at),
        "legs": judged,
        "acts": acts,
        "injects": told,
        "receipts": [[inject, office, _iso(at)] for inject, office, at in taken],
        "deeds": deeds,
        "steps": steps,
        "refusals": [[_iso(at), office, clause, reason] for at, office, clause, reason in refused],
        "joined": sorted(set(drill.joinings.values_list("office", flat=True))),
        "names": dict(Organisation.objects.values_list("code", "name")),
        "points": points([*(leg["state"] for leg in judged), *(act["state"] for act in acts)]),
    }


def points(states: Sequence[str]) -> int | None:
    """Return the points of a hundred, None where nothing fell due (house rule, 非预案规定)."""
    due = [POINTS[state] for state in states if state in POINTS]
    return round(100 * sum(due) / len(due)) if due else None


def _legs(at: datetime) -> list[dict[str, Any]]:
    """Every leg with a limit, as it stood when the drill ended."""
    found = legs(list(Incident.objects.values_list("pk", flat=True)), at)
    return [_leg(leg, at) for leg in found if leg.obligation.limit_at is not None]


def _leg(leg: LegView, at: datetime) -> dict[str, Any]:
    own, verdict = leg.obligation, leg.verdict
    return {
        "clause": own.clause,
        "bearer": leg.bearer.code,
        "recipient": leg.recipient.code,
        "label": str(leg.label),
        "target_at": _iso(own.target_at),
        "limit_at": _iso(own.limit_at),
        "received_at": _iso(verdict.received_at),
        "late_min": verdict.late_min,
        "verdict": str(VerdictState(verdict.state).label),
        "state": _state(verdict.state),
    }


def _state(state: VerdictState) -> str:
    if state in KEPT:
        return IN_TIME
    return {VerdictState.LATE: LATE, VerdictState.MISSED: MISSED}.get(state, AHEAD)


def judge_act(act: Act, until: datetime) -> dict[str, Any]:
    """Return whether an office did what was expected of it, by what the log of the world it is asked in says."""
    logged = LOGGED_AS.get(act.action.partition(".")[2], act.action)
    rows = AuditEvent.objects.filter(action=logged, office=act.office, at__gte=act.from_at)
    done_at = rows.order_by("at").values_list("at", flat=True).first()
    return {
        "inject": act.inject,
        "office": act.office,
        "said": act.said,
        "clause": act.clause,
        "due_at": _iso(act.due_at),
        "done_at": _iso(done_at),
        "state": _in_time(done_at or until, act.due_at, is_done=done_at is not None),
    }


def _in_time(at: datetime, due_at: datetime, *, is_done: bool) -> str:
    if is_in_time(at, due_at):
        return IN_TIME if is_done else AHEAD
    return LATE if is_done else MISSED


def _deeds() -> list[list[str]]:
    """What people did about incidents, in order; reading is no deed, and what an act led to is part of it."""
    rows = AuditEvent.objects.filter(actor__startswith="user:", chain__startswith="incident:")
    said = rows.exclude(action__in=UNSAID).order_by("pk").values_list("at", "office", "action")
    deeds: dict[tuple[datetime, str], str] = {}
    for at, office, action in said:
        deeds.setdefault((at, office), str(ACTIONS[action]))
    return [[_iso(at) or "", office, label] for (at, office), label in deeds.items()]


def _steps() -> list[list[str]]:
    """The machine's steps that could not be taken: what people had done, or not done, stood in the way."""
    failed = PlayedStep.objects.exclude(outcome=Outcome.DONE).order_by("number")
    return [[_iso(each.at) or "", str(Outcome(each.outcome).label), each.said] for each in failed]


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
