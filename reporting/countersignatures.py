"""Until when a report that was signed alone should be countersigned: a target of the house, never the plan's."""

from datetime import datetime, timedelta
from typing import Final

from django.db.models import QuerySet

from reporting.clocks import to_minute
from reporting.models import SignedDocument

# A house setting, not from the plan, which asks for no second hand at all.
COUNTERSIGN_WITHIN: Final = timedelta(hours=24)


def countersign_due_at(signed: SignedDocument) -> datetime:
    """Return the last minute at which a countersignature is no reason to ask again (house setting, 非预案规定)."""
    return signed.signed_at + COUNTERSIGN_WITHIN


def overdue_countersignatures(at: datetime) -> QuerySet[SignedDocument]:
    """Return the reports signed alone whose countersignature is overdue, the oldest first (A58)."""
    owed = SignedDocument.objects.exclude(alone_reason="").filter(countersignature__isnull=True)
    late = owed.filter(signed_at__lt=to_minute(at) - COUNTERSIGN_WITHIN)
    return late.select_related("incident__merged_into", "document__bearer").order_by("signed_at", "pk")
