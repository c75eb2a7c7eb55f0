"""Whom an entry of the command log names, and who is told besides (3.1–3.3)."""

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from accounts.models import Jurisdiction, Organisation
from incidents.models import Incident
from plan.command_log import COORDINATORS, TECHNICAL, LogKind
from response.models import Response, Track
from response.selectors.command import Mode, handling_of


def bodies_named(
    response: Response, spec: LogKind, addressees: Sequence[Organisation], *, to_members: bool
) -> list[Organisation]:
    """Return whom an entry names: those chosen, all member units, and those the plan names for it (3.1, 3.2)."""
    found = list(addressees)
    if spec.to_members and to_members:
        found += _organisations().filter(code__in=response.headquarters.units)
    if response.track == Track.CITY:
        found += _organisations().filter(kind__in=spec.recipients, jurisdiction__kind="city")
    return list(dict.fromkeys(found))


def coordinators_of(named: Iterable[Organisation]) -> list[Organisation]:
    """Return the regulators of the levels of the technical bodies named, but for those named themselves (3.3)."""
    named = list(named)
    levels = {each.jurisdiction_id for each in named if each.kind in TECHNICAL}
    found = Organisation.objects.filter(jurisdiction__in=levels, kind__in=COORDINATORS)
    return list(found.exclude(pk__in=[each.pk for each in named]).order_by("pk")) if levels else []


def counties_under(incident: Incident, response: Response) -> set[Jurisdiction]:
    """Return the counties whose bodies a county's headquarters order: its own, and all concerned where it leads (3.5, A38)."""
    handling = handling_of(incident)
    leads = handling.mode is Mode.LED and handling.lead == response.county
    own = {response.county} if response.county is not None else set()
    return own | set(handling.counties) if leads else own


def _organisations() -> QuerySet[Organisation]:
    return Organisation.objects.select_related("jurisdiction__host").order_by("pk")
