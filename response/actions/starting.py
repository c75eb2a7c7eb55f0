"""What starting a response does besides: headquarters, roster, the duties it opens, the responses that give way."""

from datetime import datetime

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Jurisdiction, OfficeHolding, Organisation
from incidents.models import Incident
from plan.levels import ResponseLevel
from plan.offices import OfficeKind, Tier
from response.actions.deciding import write_down
from response.models import DutyCode, Headquarters, Response, ResponseDuty, ResponseState, Track
from response.selectors.running import responses_of

_NO_MEMBERS = frozenset(
    {
        OfficeKind.CITY_GOVERNMENT,
        OfficeKind.CITY_PARTY_COMMITTEE,
        OfficeKind.DUTY_ROOM,
        OfficeKind.COUNTY_GOVERNMENT,
    }
)
_SECTIONS = {ResponseLevel.I: "6.2.1", ResponseLevel.II: "6.2.2", ResponseLevel.III: "6.2.3"}


def start_response(
    *,
    incident: Incident,
    level: ResponseLevel,
    track: Track,
    county: Jurisdiction | None = None,
    running: Response | None = None,
    by: Actor,
    at: datetime,
) -> Response:
    """Start a response of a locked incident, or move the running one to this level, with all that follows from it.

    A city response takes over from the counties' (A63); one that starts answers a question reopened after the last.
    """
    response = running or Response(
        incident=incident, track=track, county=county, activated_by=by.ref, activated_at=at
    )
    response.level = level
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
        _replace_others(response, by, at)
    _open_duties(response, by, at)
    return response


def _form_headquarters(response: Response, by: Actor, at: datetime) -> None:
    """Turn the commission into headquarters and its office into theirs, the roster as it is now (3.1, 3.2, 3.5)."""
    is_city = response.track == Track.CITY
    tier = Tier.CITY if is_city else Tier.COUNTY
    area = Q(jurisdiction__kind="city") if is_city else Q(jurisdiction=response.county, kind__isnull=False)
    kinds = [kind for kind in OfficeKind if kind.level is tier and kind not in _NO_MEMBERS]
    units = list(Organisation.objects.filter(area, kind__in=kinds).order_by("code"))
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


def _replace_others(response: Response, by: Actor, at: datetime) -> None:
    """End what the new response replaces, and the questions that were open about ended ones."""
    for other in responses_of(response.incident).exclude(pk=response.pk).select_for_update(of=("self",)):
        if other.state == ResponseState.ACTIVE and Track.CITY in {response.track, other.track}:
            other.give_way()
            other.ended_by, other.ended_at = by.ref, at
            payload = {"by_response": response.pk}
            write_down(
                incident=response.incident,
                action="response.give_way",
                subject=other,
                payload=payload,
                by=by,
                at=at,
            )
        other.reopened_at, other.reopened_why = None, ""
        other.save()


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
