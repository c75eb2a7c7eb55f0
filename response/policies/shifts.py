"""May one shift hand over to this person, and may this person take over (house practice, 非预案规定)?"""

from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from plan.refusal import PlanRefusal
from response.models import ShiftHandover


def check_hands_to_another(actor: Actor, person_id: int) -> None:
    """Raise a refusal (422) if somebody would hand over to themselves."""
    if (actor.kind, actor.ident) == (ActorKind.USER, person_id):
        raise PlanRefusal(_("不能交班给自己。"), clause="", code="handover_to_oneself")


def check_is_pending(handover: ShiftHandover, latest: ShiftHandover | None) -> None:
    """Raise a refusal (409) if the watch was taken already, or handed over anew since."""
    if hasattr(handover, "taking"):
        raise PlanRefusal(_("已经接班。"), clause="", code="already_taken", status=409)
    if latest is not None and latest.pk != handover.pk:
        raise PlanRefusal(
            _("此后又另行交班，这一次不再有效。"),
            clause="",
            code="handed_over_anew",
            status=409,
            next_step=_("请看最新的交班记录。"),
        )
