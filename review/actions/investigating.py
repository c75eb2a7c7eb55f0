"""Form the team that investigates an incident; above the city, hand material up and keep the result (7.2)."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from incidents.models import Incident
from plan.papers import PaperKind
from response.actions.deciding import lock_whole, write_down
from review.models import Direction, ExchangeAbove, InvestigationTeam
from review.permissions import check_actor_supplies, check_actor_writes_paper
from review.policies import (
    check_exchange,
    check_is_investigated_above,
    check_is_investigated_here,
    check_team,
)
from review.selectors import bodies_of, team_of


@dataclass(frozen=True, slots=True)
class TeamMember:
    """Somebody in a team: the unit that sends them, their name, in what capacity."""

    unit: str
    name: str
    capacity: str = ""


@transaction.atomic
def form_investigation_team(
    *,
    incident: Incident,
    leader: str,
    members: Sequence[TeamMember],
    formed_at: datetime,
    document: str = "",
    reason: str = "",
    by: Actor,
    at: datetime,
) -> InvestigationTeam:
    """Form the team by the level of the incident, never of the response (7.2, A30, A40); changed, it is a new row with a reason.

    It may start before the aftermath is over. The same team entered twice is one. Refused: by another than the commission
    of that level or its office (403), without a confirmed level (409), above the city, below Ⅳ, or incomplete (422).
    """
    whole = lock_whole(incident)
    level = check_is_investigated_here(whole.confirmed_level)
    body = bodies_of(PaperKind.INVESTIGATION, whole)[0]
    check_actor_writes_paper(by, whole, PaperKind.INVESTIGATION, body)
    before = team_of(whole)
    people = [[each.unit.strip(), each.name.strip(), each.capacity.strip()] for each in members]
    units = list(dict.fromkeys(unit for unit, _name, _capacity in people if unit))
    said = {
        "level": level.value,
        "leader": leader.strip(),
        "units": units,
        "members": {"members": people},
        "document": document.strip(),
        "formed_at": formed_at,
    }
    if before is not None and all(getattr(before, name) == value for name, value in said.items()):
        return before
    check_team(units, leader, formed_at, at, why=reason if before else leader)
    made = InvestigationTeam.objects.create(
        incident=whole,
        body=body,
        reason=reason.strip(),
        recorded_by=by.ref,
        office=by.office,
        recorded_at=at,
        **said,
    )
    payload = {"level": level.value, "body": body.pk}
    write_down(incident=whole, action="review.form_team", rows=[made], payload=payload, by=by, at=at)
    return made


@transaction.atomic
def note_exchange_above(
    *,
    incident: Incident,
    direction: Direction,
    body: str,
    text: str,
    exchanged_at: datetime,
    document: str = "",
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> ExchangeAbove:
    """Put down what was handed to a team above the city, or keep its result (7.2: Ⅰ, Ⅱ). Sent twice, it is one.

    Refused: by another than 市食药安办 (403), at a level investigated here, without what or by which document (422).
    """
    whole = lock_whole(incident)
    office = check_actor_supplies(by, whole)
    level = check_is_investigated_above(whole.confirmed_level)
    known = ExchangeAbove.objects.filter(form_token=form_token).first() if form_token else None
    if known is not None:
        return known
    check_exchange(direction, document, text, exchanged_at, at)
    made = ExchangeAbove.objects.create(
        incident=whole,
        level=level,
        direction=direction,
        body=body.strip(),
        document=document.strip(),
        text=text.strip(),
        exchanged_at=exchanged_at,
        organisation=office,
        form_token=form_token,
        recorded_by=by.ref,
        recorded_at=at,
    )
    payload = {"level": level.value, "direction": direction.value}
    write_down(
        incident=whole, action="review.note_exchange_above", rows=[made], payload=payload, by=by, at=at
    )
    return made
