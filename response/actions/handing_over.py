"""One response takes over from another: what is open is handed over, and orders go on (3.5, A62, A63)."""

from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from incidents.models import Incident
from response.actions.deciding import write_down
from response.actions.logbook import enter
from response.models import (
    CommandAddressee,
    CommandEntry,
    CommandKind,
    Response,
    ResponseState,
    Track,
    WorkingGroup,
)
from response.selectors.running import responses_of


def replace_others(*, incident: Incident, response: Response, by: Actor, at: datetime) -> None:
    """End what a response replaces, and the questions open about ended ones (A63): a part of starting it.

    The city's replaces others of the city's and counties' own; a county's Ⅳ replaces the city's. A county's headquarters
    beside the city's stays.
    """
    others = responses_of(incident).exclude(pk=response.pk).select_for_update(of=("self",))
    for other in others:
        if other.state == ResponseState.ACTIVE and _gives_way(other, response):
            other.give_way()
            other.ended_by, other.ended_at = by.ref, at
            payload = {"by_response": response.pk}
            write_down(
                incident=incident,
                action="response.give_way",
                subject=other,
                payload=payload,
                by=by,
                at=at,
            )
            _hand_over(incident, other, response, by, at)
        other.reopened_at, other.reopened_why = None, ""
        other.save()
        if response.track == Track.CITY:
            Response.objects.filter(beside=other, state=ResponseState.ACTIVE).update(beside=response)


def follow_city(*, response: Response, by: Actor, at: datetime) -> None:
    """Let the counties' headquarters beside the city's response stand at its level (3.5): a part of setting that."""
    for county in _beside(response).exclude(level=response.level):
        before, county.level = county.level, response.level
        county.save()
        payload = {"from": before, "level": str(response.level)}
        write_down(
            incident=county.incident,
            action="response.adjust",
            subject=county,
            payload=payload,
            by=by,
            at=at,
        )


def stand_down_counties(*, response: Response, by: Actor, at: datetime) -> None:
    """End the counties' headquarters beside the city's response with it (3.5, 6.4.2): a part of ending that."""
    for county in _beside(response):
        county.end()
        county.ended_by, county.ended_at = by.ref, at
        county.save()
        payload = {"with_response": response.pk}
        write_down(
            incident=county.incident, action="response.end", subject=county, payload=payload, by=by, at=at
        )


def _beside(response: Response) -> QuerySet[Response]:
    rows = Response.objects.filter(beside=response, state=ResponseState.ACTIVE).order_by("pk")
    return rows.select_related("incident", "county").select_for_update(of=("self",))


def _gives_way(other: Response, response: Response) -> bool:
    if response.track == Track.COUNTY:
        return other.track == Track.CITY
    return other.beside_id is None


def _hand_over(incident: Incident, gone: Response, response: Response, by: Actor, at: datetime) -> None:
    """Enter the handover in the log of the one that goes: what is still open, to be taken over by the other's office."""
    giving, taking = gone.headquarters.office, response.headquarters.office
    if giving == taking:
        return
    details = _open_matters(gone) | {"to_response": response.pk}
    words = {
        "giving": giving.name,
        "taking": taking.name,
        "commands": len(details["commands"]),
        "duties": len(details["duties"]),
        "groups": "、".join(details["groups"]) or _("无"),
    }
    entry = CommandEntry(
        response=gone,
        kind=CommandKind.HANDOVER,
        title=_("处置工作移交"),
        text=_(
            "%(giving)s移交%(taking)s：未办结的指挥事项%(commands)d项，应办未办事项%(duties)d项，在设工作组：%(groups)s。"
            "已发出的指令继续有效，由原收件单位办理。"
        )
        % words,
        details=details,
        organisation=giving,
        issued_by=by.ref,
        issued_at=at,
    )
    rows = [CommandAddressee(entry=entry, organisation=taking, must_act=True)]
    enter(incident=incident, entry=entry, addressees=rows, by=by, at=at)


def _open_matters(gone: Response) -> dict[str, Any]:
    """Return what of a response is still open: orders not carried out, duties not done, groups that stand."""
    rows = CommandAddressee.objects.filter(entry__response=gone, must_act=True, executed_at__isnull=True)
    duties = gone.duties.filter(settled_at__isnull=True)
    groups = WorkingGroup.objects.filter(headquarters__response=gone, stood_down_at__isnull=True)
    return {
        "commands": list(rows.order_by("pk").values_list("pk", flat=True)),
        "duties": list(duties.order_by("pk").values_list("code", flat=True)),
        "groups": list(groups.order_by("pk").values_list("name", flat=True)),
    }
