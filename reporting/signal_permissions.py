"""May this person see this signal, or judge it?"""

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from audit.worlds import in_drill
from plan.refusal import PlanRefusal
from reporting.models import Signal, SignalState


def visible_signals(actor: Actor) -> QuerySet[Signal]:
    """Return the signals an office may see: all for the city, those that concern it for a county (4.1, 8.2)."""
    if not actor_has(actor, Right.SEE_SIGNALS):
        return Signal.objects.none()
    if is_city_wide(actor):
        return Signal.objects.all()
    county = own_county(actor)
    return Signal.objects.filter(counties__contains=[county.pk if county else 0])


def waiting_signals(actor: Actor) -> QuerySet[Signal]:
    """Return the signals that wait for the judgement of the actor's office or of one it works with."""
    return visible_signals(actor).filter(state=SignalState.PROPOSED, is_drill=in_drill())


def signal_for(actor: Actor, pk: int) -> Signal:
    """Return the signal of this number; a refusal (404) when there is none or the actor may not see it."""
    rows = visible_signals(actor).select_related("incident__county", "incident__merged_into", "absorbed_by")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise PlanRefusal(
            _("没有这个信号，或不在您单位的管辖范围内。"),
            clause="4.1",
            code="signal_not_found",
            status=404,
            next_step=_("请从信号清单进入。"),
        )
    return found


def check_actor_can_judge(actor: Actor, signal: Signal) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it judges signals of a county concerned (5.1(6))."""
    return check_actor_may(actor, Right.JUDGE_SIGNAL, counties=set(signal.counties))
