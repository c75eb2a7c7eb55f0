"""Start a drill and move its clock; the body that holds it does (预案 9.2, ADR 30)."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Jurisdiction, Organisation
from audit.worlds import Pace, entered
from drills.machine import play
from drills.models import Drill, DrillScore, DrillTurn, DrillWorld, TurnKind
from drills.permissions import check_actor_directs, check_actor_may_hold_in
from drills.policies import check_can_be_drill, check_can_end, check_can_resume, check_can_skip, check_runs
from drills.scoring import score
from drills.scripts import placed, ready_made, script_of, story_of
from drills.worlds import fill, latest_turn, world_of
from plan.readiness import DrillKind
from plan.refusal import PlanRefusal
from readiness.actions.drills import record_drill
from readiness.models import HeldDrill


@transaction.atomic
def start_drill(
    *, script: str, kind: DrillKind, county: Jurisdiction, factor: int, by: Actor, at: datetime
) -> Drill:
    """Start a drill in a world of its own (预案 9.2).

    script: the name of one that ships; factor: how fast its clock runs, 1 to 60. Refused: by an office that holds no
    drills there (403), for another script or pace (422), while no database is ready (409).
    """
    holder = check_actor_may_hold_in(by, county)
    check_can_be_drill(script, factor)
    world = _free_world()
    text = placed(ready_made()[script], county)
    drill = Drill.objects.create(
        kind=kind,
        title=story_of(text).title,
        script=text,
        county=county,
        holder=holder,
        factor=factor,
        database=world.database,
        started_by=by.ref,
        office=by.office,
        started_at=at,
    )
    world.drill = drill
    world.save(update_fields=["drill"])
    turn = _turned(drill, TurnKind.START, Pace(at, at, factor), by=by)
    fill(world_of(drill, turn))
    write_down("drills.start_drill", drill.chain, by, at, rows=[drill, turn])
    return drill


@transaction.atomic
def pause_drill(*, drill: Drill, reason: str = "", by: Actor, at: datetime) -> DrillTurn:
    """Let a drill's clock stand (预案 9.2); a refusal (409) unless it runs."""
    turn = _locked_turn(drill, by)
    check_runs(turn)
    made = _turned(drill, TurnKind.PAUSE, Pace(at, turn.pace.shown(at), 0), reason=reason, by=by)
    write_down("drills.pause_drill", drill.chain, by, at, rows=[made])
    return made


@transaction.atomic
def resume_drill(*, drill: Drill, by: Actor, at: datetime) -> DrillTurn:
    """Let a drill's clock go on from where it stood (预案 9.2); a refusal (409) if it runs or the drill is over."""
    turn = _locked_turn(drill, by)
    check_can_resume(turn)
    made = _turned(drill, TurnKind.RESUME, Pace(at, turn.pace.shown(at), drill.factor), by=by)
    write_down("drills.resume_drill", drill.chain, by, at, rows=[made])
    return made


@transaction.atomic
def skip_ahead(*, drill: Drill, by: Actor, at: datetime) -> DrillTurn:
    """Put a drill's clock on to what its script holds next, over hours in which nothing is told (预案 9.2)."""
    turn, script = _locked_turn(drill, by), script_of(drill)
    shown = check_can_skip(turn, script.next_after(turn.pace.shown(at)))
    made = _turned(drill, TurnKind.SKIP, Pace(at, shown, drill.factor), by=by)
    write_down("drills.skip_ahead", drill.chain, by, at, rows=[made])
    return made


@transaction.atomic
def end_drill(*, drill: Drill, reason: str = "", counts: bool = True, by: Actor, at: datetime) -> DrillScore:
    """End a drill and keep what came of it; its evaluation is owed from then (预案 9.2).

    counts: whether it was held, and moves the regulator's next due date (A42), or was only broken off. Refused: to any
    other body (403), a second time (409), before its script is played out without a reason, as held without
    departments that took part (422).
    """
    turn, script = _locked_turn(drill, by), script_of(drill)
    shown = turn.pace.shown(at)
    check_can_end(turn, script, shown, reason)
    with entered(world_of(drill, turn)):
        play(script, until=shown)
    made = _turned(drill, TurnKind.END, Pace(at, shown, 0), reason=reason, by=by)
    held = _held(drill, by, at) if counts else None
    kept = DrillScore.objects.create(drill=drill, held=held, content=score(drill, script, made), made_at=at)
    write_down("drills.end_drill", drill.chain, by, at, rows=[made, kept])
    return kept


def _held(drill: Drill, by: Actor, at: datetime) -> HeldDrill:
    offices = set(drill.joinings.values_list("office", flat=True))
    names = Organisation.objects.filter(code__in=offices).order_by("pk").values_list("name", flat=True)
    return record_drill(
        kind=DrillKind(drill.kind),
        title=_("%(title)s，系统演练第%(number)s号") % {"title": drill.title, "number": drill.pk},
        held_on=timezone.localdate(at),
        participants="、".join(names),
        people=drill.joinings.values("by").distinct().count(),
        organiser=drill.holder,
        by=by,
        at=at,
    )


def _free_world() -> DrillWorld:
    free = DrillWorld.objects.select_for_update(skip_locked=True).filter(drill__isnull=True)
    world = free.order_by("pk").first()
    if world is None:
        raise PlanRefusal(
            _("没有准备好的演练环境。"),
            clause="9.2",
            code="no_world_is_ready",
            status=409,
            next_step=_("请系统管理员执行 manage.py prepare_drills。"),
        )
    return world


def _locked_turn(drill: Drill, by: Actor) -> DrillTurn:
    """The world's row is locked in place of the drill's, which nobody may change."""
    check_actor_directs(by, drill)
    DrillWorld.objects.select_for_update().get(drill=drill)
    return latest_turn(drill)


def _turned(drill: Drill, kind: TurnKind, pace: Pace, *, reason: str = "", by: Actor) -> DrillTurn:
    said: dict[str, Any] = {"kind": kind, "reason": reason, "by": by.ref, "office": by.office}
    clock = {"at": pace.real_at, "shown_at": pace.shown_at, "factor": pace.factor}
    return DrillTurn.objects.create(drill=drill, **said, **clock)
