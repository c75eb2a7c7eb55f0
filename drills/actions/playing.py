"""Let the machine play its part in the drills under way (预案 9.2, ADR 30)."""

import logging
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from audit.worlds import entered, in_drill
from drills.machine import play
from drills.models import Drill, DrillWorld, TurnKind
from drills.scripts import script_of
from drills.worlds import latest_turn, world_of

logger = logging.getLogger(__name__)


def go_on_with_drills(*, by: Actor, at: datetime) -> int:
    """Play in every drill under way what fell due by its own clock, and return in how many (预案 9.2)."""
    if in_drill():
        return 0  # a drill's own round of reminders: there is none within a drill
    under_way = Drill.objects.exclude(turns__kind=TurnKind.END).order_by("pk")
    return sum(_went_on(drill, by, at) for drill in under_way)


def _went_on(drill: Drill, by: Actor, at: datetime) -> bool:
    """Whatever goes wrong in a drill, its database being gone included, stops no clock of real life."""
    try:
        return go_on_with_drill(drill=drill, by=by, at=at)
    except Exception:
        logger.exception("drill %d can't be played; everything else goes on", drill.pk)
        return False


@transaction.atomic
def go_on_with_drill(*, drill: Drill, by: Actor, at: datetime) -> bool:
    """Play what fell due in one drill; passed over (False) while somebody else does (预案 9.2)."""
    free = DrillWorld.objects.select_for_update(skip_locked=True).filter(drill=drill, dropped_at__isnull=True)
    if not free.exists():
        return False
    turn = latest_turn(drill)
    with entered(world_of(drill, turn)):
        play(script_of(drill), until=turn.pace.shown(at))
    return True
