"""Registering the places that demonstrations and drills speak of."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Jurisdiction
from audit.record import Entry, record
from incidents.data.demo_places import PLACES
from incidents.models import Place
from incidents.places import normalise


@transaction.atomic
def load_demo_places(*, by: Actor, at: datetime) -> list[Place]:
    """Register the demo places that are missing and return those created."""
    areas = {area.code: area for area in Jurisdiction.objects.all()}
    known = set(Place.objects.values_list("county__code", "normalised_name"))
    missing = [
        Place(
            county=areas[row.county],
            zone=areas[row.zone] if row.zone else None,
            name=row.name,
            normalised_name=normalise(row.name),
            registry_code=row.registry_code,
            address=row.address,
            kind=row.kind,
        )
        for row in PLACES
        if (row.county, normalise(row.name)) not in known
    ]
    Place.objects.bulk_create(missing)
    if missing:
        entry = Entry(
            chain="system",
            action="incidents.load_demo_places",
            actor=by.ref,
            office=by.office,
            at=at,
            payload={"created": [place.pk for place in missing]},
        )
        record(entry)
    return missing
