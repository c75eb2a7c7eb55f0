"""Search over what an office may see: incidents by number, place and address, units, orders, a hospital's own reports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import visible_incidents
from reporting.models import Obligation, Report
from response.incident_list import named, searched
from response.models import CommandAddressee
from response.order_list import visible_orders

SHOWN: Final = 20
SHOWN_UNITS: Final = 8
SHOWN_PER_UNIT: Final = 6


@dataclass(frozen=True, slots=True)
class UnitFound:
    """A unit, and the incidents in which it reported, owes a report or waits for one."""

    unit: Organisation
    incidents: Sequence[Incident]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found; `exact` is the incident whose number it was."""

    text: str
    incidents: Sequence[Incident]
    units: Sequence[UnitFound]
    orders: Sequence[CommandAddressee]
    reports: Sequence[Report]

    @property
    def exact(self) -> Incident | None:
        """The one incident of exactly this number."""
        same = (each for each in self.incidents if each.number.casefold() == self.text.casefold())
        return next(same, None)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was found."""
        return not (self.incidents or self.units or self.orders or self.reports)


def search(actor: Actor, text: str) -> Found:
    """Return what an actor may see of what is called so; nothing is asked of the database for nothing."""
    text = searched(text)
    if not text:
        return Found("", (), (), (), ())
    incidents = visible_incidents(actor).filter(named(text)).select_related("county", "zone", "place")
    return Found(
        text=text,
        incidents=list(incidents.order_by("-changed_at", "-pk")[:SHOWN]),
        units=_units(actor, text),
        orders=_orders(actor, text),
        reports=_reports(actor, text),
    )


def _units(actor: Actor, text: str) -> list[UnitFound]:
    """Return the units of this name that have to do with incidents the actor may see; three queries."""
    units = list(Organisation.objects.filter(name__icontains=text).order_by("name", "pk"))
    seen = visible_incidents(actor).values("pk")
    reported = Report.objects.filter(organisation__in=units, incident__in=seen)
    owed = Obligation.objects.filter(Q(bearer__in=units) | Q(recipient__in=units), incident__in=seen)
    concerned: dict[int, set[int]] = defaultdict(set)
    for unit, incident in reported.values_list("organisation", "incident").distinct():
        concerned[unit].add(incident)
    for bearer, recipient, incident in owed.values_list("bearer", "recipient", "incident").distinct():
        concerned[bearer].add(incident)
        concerned[recipient].add(incident)
    shown = [unit for unit in units if concerned[unit.pk]][:SHOWN_UNITS]
    latest = {unit.pk: sorted(concerned[unit.pk], reverse=True)[:SHOWN_PER_UNIT] for unit in shown}
    rows = _incidents(pk for pks in latest.values() for pk in pks)
    return [UnitFound(unit, [rows[pk] for pk in latest[unit.pk]]) for unit in shown]


def _incidents(pks: Iterable[int]) -> dict[int, Incident]:
    return Incident.objects.select_related("county", "zone", "place").in_bulk(list(set(pks)))


def _orders(actor: Actor, text: str) -> list[CommandAddressee]:
    rows = visible_orders(actor).filter(Q(entry__title__icontains=text) | Q(entry__number__icontains=text))
    return list(
        rows.select_related("organisation", "entry__response__incident").order_by("-entry__issued_at", "pk")[
            :SHOWN
        ]
    )


def _reports(actor: Actor, text: str) -> list[Report]:
    """Return a hospital's own reports by its own reference."""
    own = Report.objects.filter(organisation=actor.organisation, reference__icontains=text)
    return list(own.exclude(reference="").order_by("-received_at", "-pk")[:SHOWN])
