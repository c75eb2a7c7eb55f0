"""Take part in a drill, take note of what one is told, and keep what the plan refused (预案 9.2)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from drills.models import Drill, DrillJoining, DrillRefusal, InjectReceipt
from drills.permissions import check_actor_may_play
from drills.policies import check_has_not_ended, check_runs
from drills.scripts import script_of, story_of
from drills.worlds import latest_turn
from plan.refusal import PlanRefusal


@transaction.atomic
def join_drill(*, drill: Drill, by: Actor, at: datetime) -> DrillJoining:
    """Take part, for the office in use (预案 9.2); a refusal (403) without a part in the script, 409 once it is over."""
    check_actor_may_play(by, drill, story_of(drill.script))
    check_has_not_ended(latest_turn(drill))
    found = DrillJoining.objects.filter(drill=drill, office=by.office, by=by.ref).first()
    if found is not None:
        return found
    joined = DrillJoining.objects.create(drill=drill, office=by.office, by=by.ref, at=at)
    write_down("drills.join_drill", drill.chain, by, at, rows=[joined])
    return joined


@transaction.atomic
def take_note_of_inject(*, drill: Drill, inject: int, by: Actor, at: datetime) -> InjectReceipt:
    """Say that the office has taken note of what it was told (预案 9.2).

    inject: the number of the script's step. Refused: before its time or to another office (409, 403).
    """
    check_actor_may_play(by, drill, story_of(drill.script))
    turn = latest_turn(drill)
    check_runs(turn)
    shown = turn.pace.shown(at)
    told = [each for each in script_of(drill).injects if each.number == inject and each.at <= shown]
    if not told or by.office not in told[0].tell.to:
        raise PlanRefusal(
            _("没有发给您单位的这条情景信息。"), clause="9.2", code="no_such_inject", status=404
        )
    found = InjectReceipt.objects.filter(drill=drill, inject=inject, office=by.office).first()
    if found is not None:
        return found
    noted = InjectReceipt.objects.create(
        drill=drill, inject=inject, office=by.office, by=by.ref, at=at, shown_at=shown
    )
    write_down("drills.take_note_of_inject", drill.chain, by, at, rows=[noted])
    return noted


@transaction.atomic
def note_refusal(
    *, drill: Drill, code: str, clause: str, reason: str, by: Actor, at: datetime
) -> DrillRefusal:
    """Keep for the score that the plan refused something to an office that plays (预案 9.2)."""
    noted = DrillRefusal.objects.create(
        drill=drill,
        office=by.office,
        by=by.ref,
        code=code,
        clause=clause,
        reason=reason[:300],
        at=at,
        shown_at=latest_turn(drill).pace.shown(at),
    )
    write_down("drills.note_refusal", drill.chain, by, at, rows=[noted])
    return noted
