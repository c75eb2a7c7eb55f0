"""Below Ⅳ the county handles an incident at its discretion: what it did, and that it is done (6.2.4 ¶2, A5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import own_county
from accounts.rights import Right
from incidents.models import Incident
from plan.authority import Act
from plan.refusal import PlanRefusal
from response.actions.deciding import decide, lock_whole
from response.models import Decision, Step
from response.permissions import check_actor_in_county
from response.policies.activation import check_can_handle_below
from response.policies.rounds import latest
from response.selectors.running import decisions_of, running_response


@transaction.atomic
def record_handling(*, incident: Incident, note: str, by: Actor, at: datetime) -> Decision:
    """Record what the county government does about an incident below Ⅳ (6.2.4 ¶2); after closing it opens it again.

    Refused: by another office (403), at Ⅳ or worse or with a response running (409), without words (422).
    """
    return _note(incident, Step.ACT, note, by, at)


@transaction.atomic
def close_handling(*, incident: Incident, note: str, by: Actor, at: datetime) -> Decision:
    """Close the county's handling of an incident below Ⅳ, with the outcome (6.2.4 ¶2).

    Closing twice is once. Refused as `record_handling`, and while nothing was recorded as done (409).
    """
    return _note(incident, Step.CLOSE, note, by, at)


def _note(incident: Incident, step: Step, note: str, by: Actor, at: datetime) -> Decision:
    incident = lock_whole(incident)
    check_actor_in_county(by, Right.HANDLE_BELOW, incident)
    check_can_handle_below(incident, running_response(incident))
    if not note.strip():
        raise PlanRefusal(_("请写明处置情况。"), clause="6.2.4", code="handling_without_words")
    before = latest(decisions_of(incident), Act.HANDLE_BELOW, Step.ACT, Step.CLOSE)
    if before is not None and (before.step, before.note) == (step, note):
        return before
    if step == Step.CLOSE and (before is None or before.step == Step.CLOSE):
        raise PlanRefusal(_("尚无处置记录可以办结。"), clause="6.2.4", code="nothing_handled", status=409)
    fields = {"note": note, "county": own_county(by), "level": incident.duty_level}
    return decide(incident=incident, act=Act.HANDLE_BELOW, step=step, fields=fields, by=by, at=at)
