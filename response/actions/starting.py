"""What starting a response does besides: headquarters, roster, the duties it opens, the responses that give way."""

from datetime import datetime

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Jurisdiction, OfficeHolding
from incidents.models import Incident
from plan.levels import ResponseLevel
from plan.offices import OfficeKind
from response.actions.deciding import write_down
from response.actions.handing_over import follow_city, replace_others
from response.models import DutyCode, Headquarters, Response, ResponseDuty, Track
from response.selectors.members import member_units

_SECTIONS = {ResponseLevel.I: "6.2.1", ResponseLevel.II: "6.2.2", ResponseLevel.III: "6.2.3"}


def start_response(
    *,
    incident: Incident,
    level: ResponseLevel,
    track: Track,
    county: Jurisdiction | None = None,
    running: Response | None = None,
    beside: Response | None = None,
    by: Actor,
    at: datetime,
) -> Response:
    """Start a response of a locked incident, or move the running one to this level, with all that follows from it.

    beside: the city's response beside which a county's headquarters stands (3.5). Else it takes over from others, which
    hand over what is open (A63), and answers a question reopened after the last.
    """
    response = running or Response(
        incident=incident, track=track, county=county, activated_by=by.ref, activated_at=at
    )
    response.level, response.beside = level, beside
    response.save()
    write_down(
        incident=incident,
        action="response.start",
        subject=response,
        payload={"level": level.value, "track": track.value, "moved": running is not None},
        by=by,
        at=at,
    )
    if running is None:
        _form_headquarters(response, by, at)
    if beside is None:
        replace_others(incident=incident, response=response, by=by, at=at)
        follow_city(response=response, by=by, at=at)
        _open_duties(response, by, at)
    return response


def _form_headquarters(response: Response, by: Actor, at: datetime) -> None:
    """Turn the commission into headquarters and its office into theirs, the roster as it is now (3.1, 3.2, 3.5)."""
    is_city = response.track == Track.CITY
    units = list(member_units(response.county))
    by_kind = {unit.kind: unit for unit in units}
    body = OfficeKind.CITY_COMMISSION if is_city else OfficeKind.COUNTY_COMMISSION
    office = OfficeKind.CITY_COMMISSION_OFFICE if is_city else OfficeKind.COUNTY_COMMISSION_OFFICE
    held = OfficeHolding.objects.filter(organisation__in=units, from_at__lte=at)
    roster = held.filter(Q(until_at__isnull=True) | Q(until_at__gt=at)).order_by("pk")
    headquarters = Headquarters.objects.create(
        response=response,
        kind=response.track,
        body=by_kind[body],
        office=by_kind[office],
        roster=list(roster.values_list("pk", flat=True)),
        units=[unit.code for unit in units],
        formed_at=at,
    )
    write_down(
        incident=response.incident,
        action="response.form_headquarters",
        rows=[headquarters],
        payload={"holdings": headquarters.roster},
        by=by,
        at=at,
    )


def _open_duties(response: Response, by: Actor, at: datetime) -> None:
    """Open what this level obliges to; what is owed already stays as it is (6.2.1–6.2.4)."""
    office = response.headquarters.office
    owed = [
        ResponseDuty(response=response, code=code, clause=clause, bearer=office, opened_at=at)
        for code, clause in _duties(response)
    ]
    known = set(response.duties.values_list("code", flat=True))
    for duty in ResponseDuty.objects.bulk_create(duty for duty in owed if duty.code not in known):
        write_down(
            incident=response.incident,
            action="response.open_duty",
            subject=duty,
            payload={"duty": duty.code},
            by=by,
            at=at,
        )


def _duties(response: Response) -> list[tuple[DutyCode, str]]:
    if response.track == Track.COUNTY:
        return [(DutyCode.TELL_CITY_OFFICE, "6.2.4"), (DutyCode.FILE_WITH_GOVERNMENT, "6.2.4")]
    section = _SECTIONS.get(ResponseLevel(response.level))
    clause = "6.2.1" if section == "6.2.1" else "3.1"
    reports = [(DutyCode.REPORT_PARTY, clause), (DutyCode.REPORT_GOVERNMENT, clause)]
    return [(DutyCode.SCENE_TEAM, section), *reports] if section else reports
