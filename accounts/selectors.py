"""Who holds which office now, and who stands behind a session."""

from datetime import datetime

from django.db.models import Q, QuerySet

from accounts.models import OfficeHolding


def current_holdings(user_id: int, *, at: datetime) -> QuerySet[OfficeHolding]:
    """Return the offices the person holds at that instant; one that has ended gives nothing from that instant on."""
    return (
        OfficeHolding.objects.filter(
            Q(until_at__isnull=True) | Q(until_at__gt=at), user=user_id, from_at__lte=at
        )
        .select_related("user", "organisation__jurisdiction__host")
        .order_by("pk")
    )
