"""Open an incident, involve counties, withdraw it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Jurisdiction
from accounts.rights import Right
from audit.record import Entry, record
from audit.worlds import in_drill
from incidents.actions.assessing import lock, reassess
from incidents.joining import alike
from incidents.models import (
    CountyRole,
    Incident,
    IncidentNumber,
    InvolvedCounty,
    JoinProposal,
    Place,
    PlaceKind,
)
from incidents.permissions import check_actor_may_with
from plan.editions import edition_for

BEIJING = ZoneInfo("Asia/Shanghai")
_SCHOOLS = frozenset({PlaceKind.SCHOOL_CANTEEN, PlaceKind.NURSERY_CANTEEN})


def lock_numbers(*, at: datetime, is_drill: bool = False) -> IncidentNumber:
    """Lock the year's counter, first of all rows: reports that may open an incident pass one by one."""
    series = f"{'YL' if is_drill else 'NB'}{at.astimezone(BEIJING):%Y}"
    IncidentNumber.objects.bulk_create([IncidentNumber(series=series)], ignore_conflicts=True)
    return IncidentNumber.objects.select_for_update().get(series=series)


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentDraft:
    """What a first report says of where and when; `area` is a county or a zone hosted by one (A43)."""

    area: Jurisdiction
    role: CountyRole = CountyRole.HARM
    place: Place | None = None
    place_text: str = ""
    address: str = ""
    place_kind: str = ""
    occurred_latest: datetime | None = None
    known_at: datetime
    is_drill: bool = field(default_factory=in_drill)
    is_demo: bool = False


def open_incident(*, draft: IncidentDraft, counter: IncidentNumber, by: Actor, at: datetime) -> Incident:
    """Open an incident under the next number (5.1(7): 属地); the counter is locked, the first report's facts follow.

    Refused (422, 9.3) when it occurred before the first edition was in force.
    """
    place = draft.place
    edition = edition_for((draft.occurred_latest or draft.known_at).astimezone(BEIJING).date())
    counter.last += 1
    counter.save()
    kind = draft.place_kind or (place.kind if place else "")
    incident = Incident.objects.create(
        number=str(counter),
        county=draft.area.county,
        zone=draft.area if draft.area.host_id else None,
        place=place,
        place_text=place.name if place else draft.place_text,
        address=draft.address or (place.address if place else ""),
        place_kind=kind,
        is_school_or_nursery=kind in _SCHOOLS,
        known_at=draft.known_at,
        is_drill=draft.is_drill,
        is_demo=draft.is_demo,
        edition=edition.number,
        opened_at=at,
        changed_at=at,
    )
    _write_down("incidents.open_incident", incident, by, at, {"county": incident.county.code})
    _involve(incident, incident.county, draft.role, at)
    return incident


@transaction.atomic
def involve_county(
    *, incident: Incident, county: Jurisdiction, role: CountyRole, by: Actor, at: datetime
) -> None:
    """Let another county see the incident; a county of harm bears clocks of its own (A51)."""
    (incident,) = lock([incident.pk])
    check_actor_may_with(by, Right.RECORD_FACT, incident)
    add_county(incident=incident, county=county, role=role, by=by, at=at)
    reassess(incident=incident, by=by, at=at)


def add_county(
    *, incident: Incident, county: Jurisdiction, role: CountyRole, by: Actor, at: datetime
) -> None:
    """Involve a county in a locked incident if it is not yet; part of a larger action that re-assesses."""
    if incident.merged_into:
        # Part of a whole: that one concerns the county too, for as long as the two are one.
        _involve(incident.merged_into, county.county, role, at, through=incident)
    if _involve(incident, county.county, role, at):
        _write_down(
            "incidents.involve_county", incident, by, at, {"county": county.county.code, "role": role.value}
        )


def withdraw_incident(*, incident: Incident, by: Actor, at: datetime) -> None:
    """Close a locked incident none of whose reports stands any more."""
    incident.withdraw()
    incident.changed_at = at
    incident.save()
    _write_down("incidents.withdraw_incident", incident, by, at, {})


def propose_joins(*, incident: Incident, by: Actor, at: datetime) -> None:
    """Propose to a person the incidents this one may be part of, each pair once (A12: one outbreak, one count)."""
    pairs = JoinProposal.objects.filter(Q(incident=incident) | Q(other=incident))
    known = {pk for pair in pairs.values_list("incident", "other") for pk in pair}
    proposals = [
        JoinProposal(
            incident=incident,
            other=other,
            ground=f"{incident.place_text} / {other.place_text}",
            proposed_at=at,
        )
        for other in alike(incident)
        if other.pk not in known
    ]
    for proposal in JoinProposal.objects.bulk_create(proposals):
        _write_down("incidents.propose_join", incident, by, at, {"other": proposal.other.number})


def propose_join(*, incident: Incident, other: Incident, ground: str, by: Actor, at: datetime) -> bool:
    """Propose to a person that two incidents are one, on this ground; say whether it was not proposed before (A12)."""
    pair = [incident.pk, other.pk]
    if JoinProposal.objects.filter(incident__in=pair, other__in=pair).exists():
        return False
    JoinProposal.objects.create(incident=incident, other=other, ground=ground, proposed_at=at)
    _write_down("incidents.propose_join", incident, by, at, {"other": other.number})
    return True


def share_counties(*, whole: Incident, parts: Iterable[Incident], by: Actor, at: datetime) -> None:
    """Let a locked incident concern the counties of its parts as well (A56)."""
    for part in parts:
        for own in InvolvedCounty.objects.filter(incident=part, through__isnull=True).select_related(
            "county"
        ):
            _involve(whole, own.county, CountyRole(own.role), at, through=part)


def _involve(
    incident: Incident,
    county: Jurisdiction,
    role: CountyRole,
    at: datetime,
    *,
    through: Incident | None = None,
) -> bool:
    """Return whether the incident concerns the county only now; one a part brought along becomes its own (A56)."""
    row, created = InvolvedCounty.objects.get_or_create(
        incident=incident, county=county, defaults={"role": role, "added_at": at, "through": through}
    )
    if row.through_id is None or through is not None:
        return created
    row.through, row.role = None, role
    row.save(update_fields=["through", "role"])
    return True


def _write_down(action: str, incident: Incident, by: Actor, at: datetime, payload: dict[str, str]) -> None:
    record(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload=payload,
        )
    )
