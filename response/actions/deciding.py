"""Parts shared by the acts of a response: lock the incident, write a decision down, tell who must know."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import Model
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import name_of, seals
from incidents.actions.assessing import lock
from incidents.models import Incident, InvolvedCounty
from incidents.selectors import family_ids
from outbox.actions.messages import Owed, owe
from plan.authority import Act
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.models import Decision, Response, Step
from response.policies.rounds import clause_of
from response.policies.spoken import Spoken

# The column holds 200, a drill's mark included.
LONGEST_TITLE = 190
CITY_WATCH = (
    OfficeKind.CITY_GOVERNMENT,
    OfficeKind.DUTY_ROOM,
    OfficeKind.CITY_COMMISSION,
    OfficeKind.CITY_COMMISSION_OFFICE,
)
COUNTY_WATCH = (
    OfficeKind.COUNTY_GOVERNMENT,
    OfficeKind.COUNTY_COMMISSION,
    OfficeKind.COUNTY_COMMISSION_OFFICE,
    OfficeKind.COUNTY_REGULATOR,
)


def lock_whole(incident: Incident) -> Incident:
    """Lock an incident, or the one it was merged into, with all that is one with it (A56); return it fresh."""
    fresh = Incident.objects.select_related("merged_into").get(pk=incident.pk)
    whole = fresh.merged_into or fresh
    locked = lock(family_ids(whole))
    return next(each for each in locked if each.pk == whole.pk)


def lock_response(response: Response) -> tuple[Incident, Response]:
    """Lock the incident, then the response; return both fresh."""
    incident = lock_whole(response.incident)
    Response.objects.select_for_update().get(pk=response.pk)
    fresh = Response.objects.select_related(
        "incident", "county", "headquarters__body", "headquarters__office"
    )
    return incident, fresh.get(pk=response.pk)


def lock_response_of(decision: Decision) -> tuple[Incident, Response]:
    """Lock the response that an application or proposal is about, as `lock_response`; a refusal (422) for other decisions."""
    if decision.response is None or decision.step not in {Step.APPLY, Step.PROPOSE, Step.SUBMIT}:
        raise PlanRefusal(
            _("这不是对应急响应的申请或建议。"), clause=clause_of(decision.act), code="no_application"
        )
    return lock_response(decision.response)


def decide(
    *,
    incident: Incident,
    act: Act,
    step: Step,
    spoken: Spoken | None = None,
    fields: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> Decision:
    """Write one step of an act down, with its evidence: a part of the action that takes it."""
    said = (
        {name: getattr(spoken, name) for name in Spoken.__slots__} if spoken is not None else {"given_at": at}
    )
    decision = Decision.objects.create(
        incident=incident,
        act=act,
        step=step,
        organisation=office_of(by),
        recorded_by=by.ref,
        recorded_at=at,
        **{**said, **(fields or {})},
    )
    write_down(
        incident=incident,
        action="response.decide",
        rows=[decision],
        payload={
            "act": act.value,
            "step": step.value,
            "oral": decision.is_oral,
            "rests_on": decision.rests_on_id,
            "response": decision.response_id,
            **({"level": str(decision.level)} if decision.level else {}),
        },
        by=by,
        at=at,
    )
    return decision


def write_down(
    *,
    incident: Incident,
    action: str,
    subject: Model | None = None,
    rows: Iterable[Sealed] = (),
    payload: dict[str, Any] | None = None,
    by: Actor,
    at: datetime,
) -> None:
    """Append the evidence of an act on an incident's response: ids, codes and seals."""
    sealed = list(rows)
    about = subject or (sealed[0] if sealed else incident)
    record(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=name_of(about),
            payload={**(payload or {}), **({"rows": seals(sealed)} if sealed else {})},
        )
    )


def tell(
    *,
    incident: Incident,
    about: Model,
    title: str,
    body: str,
    to: Iterable[str],
    link: str = "",
    by: Actor,
    at: datetime,
) -> None:
    """Owe a message about an act to organisations by code; the office that acted is told nothing.

    link: where it leads, the response page if left out.
    """
    owe(
        (
            Owed(
                dedupe_key=f"{name_of(about)}:{code}",
                recipient=code,
                kind="response",
                title=(_("%(number)s：") % {"number": incident.number} + title)[:LONGEST_TITLE],
                body=body,
                link=link or f"/incidents/{incident.number}/response/",
                chain=incident.chain,
                drill=incident.is_drill,
            )
            for code in dict.fromkeys(to)
            if code != by.office
        ),
        at=at,
    )


def watchers(incident: Incident) -> list[str]:
    """Return the codes of the offices that hear of every act: the city's, and those of the counties concerned."""
    counties = InvolvedCounty.objects.filter(incident=incident).values("county")
    city = Organisation.objects.filter(kind__in=CITY_WATCH)
    county = Organisation.objects.filter(kind__in=COUNTY_WATCH, jurisdiction__in=counties)
    return sorted((city | county).values_list("code", flat=True))


def office_of(actor: Actor) -> Organisation:
    """Return the organisation acted for; a refusal (403) for an actor without office."""
    if actor.organisation is None:
        raise PlanRefusal(
            _("您当前的职务没有此项权限。"), clause="3.2", code="office_lacks_right", status=403
        )
    return actor.organisation
