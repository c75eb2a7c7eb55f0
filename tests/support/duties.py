"""What there is of duties without hours, for tests of every door."""

from datetime import datetime

from incidents.models import Incident
from reporting.actions.leaps import record_leap
from tests.support.people import actor, organisation


def leapt_for_doors(incident: Incident, *, at: datetime) -> dict[str, int]:
    """A person told the city's regulator directly, which the city's office has to look at."""
    leap = record_leap(
        incident=incident,
        recipient=organisation("city-regulator"),
        reason="联系不上区里",
        received_at=at,
        by=actor("city-regulator"),
        at=at,
    )
    return {"reporting:leap_review": leap.pk}
