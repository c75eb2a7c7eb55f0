"""The handovers of an office, the latest first (house practice, 非预案规定)."""

from django.db.models import QuerySet

from accounts.models import Organisation
from response.models import ShiftHandover


def handovers_of(organisation: Organisation) -> QuerySet[ShiftHandover]:
    """Return every handover of an office with whether it was taken."""
    found = ShiftHandover.objects.filter(organisation=organisation)
    return found.select_related("organisation", "to_person", "taking").order_by("-pk")


def latest_handover(organisation: Organisation) -> ShiftHandover | None:
    """Return the handover that counts now."""
    return handovers_of(organisation).first()
