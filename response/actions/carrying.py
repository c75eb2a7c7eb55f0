"""At a split each side keeps what it brought, and what was started while they were one goes on in both (A56, A63)."""

from collections.abc import Collection
from copy import copy
from datetime import datetime

from accounts.actors import Actor
from audit.models import Sealed
from incidents.models import CountyRole, Incident, InvolvedCounty, Lineage, LineageKind
from incidents.steps import Split
from response.actions.deciding import write_down
from response.models import Headquarters, Response, ResponseState, Step, Track
from response.selectors.command import commander_of


def carry_at_split(split: Split, by: Actor, at: datetime) -> None:
    """Let a side that would be left without the response it was under continue it: a step before each split (A56, A63).

    It was under the other side's if that started or moved while they were one, or replaced one of its own then. Orders stay with
    the response that gave them, and go on.
    """
    merge = Lineage.objects.get(part=split.part, kind=LineageKind.MERGE, taken_back_by__isnull=True)
    sides = (
        (split.whole, split.staying, split.leaving),
        (split.part, split.leaving, split.staying),
    )
    found = Response.objects.filter(state=ResponseState.ACTIVE).select_related("county", "headquarters")
    for heir, own, other in sides:
        # The city's first: counties' headquarters stand beside it.
        theirs = sorted(
            found.filter(incident__in=other), key=lambda each: (each.track != Track.CITY, each.pk)
        )
        made: dict[int, Response] = {}
        for response in theirs:
            if _is_under(heir, own, response, merge.recorded_at, made):
                made[response.pk] = _carry(heir, response, made, by, at)


def _is_under(
    heir: Incident,
    own: Collection[int],
    response: Response,
    merged_at: datetime,
    made: dict[int, Response],
) -> bool:
    """Tell whether a side has been under a response of the other and has none of the kind itself."""
    if response.beside_id is not None and response.beside_id not in made:
        return False
    if response.county is not None and not _concerns(heir, response):
        return False
    ours = Response.objects.filter(incident__in=own)
    if ours.filter(state=ResponseState.ACTIVE, county=response.county).exists():
        return False
    gave_way = ours.filter(state=ResponseState.REPLACED, ended_at__gte=merged_at)
    moved = response.decisions.filter(step=Step.ACT, level=response.level, recorded_at__gte=merged_at)
    return response.activated_at >= merged_at or moved.exists() or gave_way.exists()


def _concerns(heir: Incident, response: Response) -> bool:
    involved = InvolvedCounty.objects.filter(incident=heir, role=CountyRole.HARM)
    return involved.filter(county=response.county).exists()


def _carry(
    heir: Incident, response: Response, made: dict[int, Response], by: Actor, at: datetime
) -> Response:
    """Continue a response for the heir: the same headquarters, commander, groups and duties, done or open."""
    carried = Response.objects.create(
        incident=heir,
        track=response.track,
        county=response.county,
        level=response.level,
        activated_by=response.activated_by,
        activated_at=response.activated_at,
        beside=made.get(response.beside_id or 0),
        carried_from=response,
        carried_at=at,
    )
    rows = _headquarters(response, carried)
    for duty in response.duties.order_by("pk"):
        duty.pk, duty.response = None, carried
        duty.save(force_insert=True)
    payload = {"from": response.pk}
    write_down(
        incident=heir,
        action="response.carry",
        subject=carried,
        rows=rows,
        payload=payload,
        by=by,
        at=at,
    )
    return carried


def _headquarters(response: Response, carried: Response) -> list[Sealed]:
    """Copy the headquarters, who commands them and the groups that stand."""
    headquarters, commander = copy(response.headquarters), commander_of(response)
    headquarters.pk, headquarters.response = None, carried
    headquarters.save(force_insert=True)
    _carry_groups(response.headquarters, headquarters)
    if commander is None:
        return [headquarters]
    appointment = copy(commander)
    appointment.pk, appointment.headquarters = None, headquarters
    appointment.save(force_insert=True)
    return [headquarters, appointment]


def _carry_groups(before: Headquarters, headquarters: Headquarters) -> None:
    """Copy the groups that stand with who is in them; their reports stay where they were made."""
    for group in before.groups.filter(stood_down_at__isnull=True).order_by("pk"):
        members = list(group.members.filter(left_at__isnull=True).order_by("pk"))
        group.pk, group.headquarters = None, headquarters
        group.save(force_insert=True)
        for member in members:
            member.pk, member.group = None, group
            member.save(force_insert=True)
