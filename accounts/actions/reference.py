"""Loading who exists: the jurisdictions and organisations of the city (A43)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.data.jurisdictions import CITY_CODE, CITY_NAME, COUNTIES, ZONES
from accounts.data.organisations import OrganisationRow, all_organisations
from accounts.models import Jurisdiction, JurisdictionKind, Organisation
from audit.record import Entry, record


@transaction.atomic
def load_reference(*, by: Actor, at: datetime) -> list[str]:
    """Create the jurisdictions and organisations that are missing; what an office has changed since stays (A43).

    Returns the codes created.
    """
    created = _load_jurisdictions() + _load_organisations()
    if created:
        entry = Entry(
            chain="system",
            action="accounts.load_reference",
            actor=by.ref,
            office=by.office,
            at=at,
            payload={"created": created},
        )
        record(entry)
    return created


def _load_jurisdictions() -> list[str]:
    known = set(Jurisdiction.objects.values_list("code", flat=True))
    name, name_en = CITY_NAME
    city = Jurisdiction(code=CITY_CODE, name=name, name_en=name_en, kind=JurisdictionKind.CITY)
    counties = [
        Jurisdiction(code=row.code, name=row.name, name_en=row.name_en, kind=JurisdictionKind.COUNTY)
        for row in COUNTIES
    ]
    created = _create_missing([city, *counties], known)
    host = {county.code: county for county in Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY)}
    zones = [
        Jurisdiction(
            code=row.code, name=row.name, name_en=row.name_en, kind=JurisdictionKind.ZONE, host=host[row.host]
        )
        for row in ZONES
    ]
    return created + _create_missing(zones, known)


def _create_missing(rows: Iterable[Jurisdiction], known: set[str]) -> list[str]:
    missing = [row for row in rows if row.code not in known]
    Jurisdiction.objects.bulk_create(missing)
    return [row.code for row in missing]


def _load_organisations() -> list[str]:
    places = {place.code: place for place in Jurisdiction.objects.all()}
    known = {organisation.code: organisation for organisation in Organisation.objects.all()}
    missing = [row for row in all_organisations() if row.code not in known]
    plain = [_organisation(row, places) for row in missing if not row.houses]
    Organisation.objects.bulk_create(plain)
    known |= {organisation.code: organisation for organisation in plain}
    for row in missing:
        if row.houses:
            bureau = _organisation(row, places)
            bureau.houses = known[row.houses]
            bureau.save()
    return [row.code for row in missing]


def _organisation(row: OrganisationRow, places: dict[str, Jurisdiction]) -> Organisation:
    return Organisation(
        code=row.code,
        name=row.name,
        name_en=row.name_en,
        kind=row.kind.value,
        jurisdiction=places[row.jurisdiction],
    )
