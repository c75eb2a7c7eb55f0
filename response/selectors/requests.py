"""What departments are asked for, and what of it is overdue (6.1)."""

from datetime import datetime

from django.db.models import F, QuerySet

from accounts.actors import Actor
from incidents.models import IncidentStatus
from reporting.clocks import to_minute
from response.models import DataRequest


def requests_to(actor: Actor) -> QuerySet[DataRequest]:
    """Return what the actor's organisation was asked for, what is unanswered first, the earliest due before others."""
    rows = DataRequest.objects.filter(department=actor.organisation).select_related(
        "incident__merged_into", "department", "asker"
    )
    return rows.order_by(F("answered_at").desc(nulls_first=True), "due_at", "pk")


def overdue_requests(at: datetime) -> QuerySet[DataRequest]:
    """Return the requests of open incidents whose minute has passed without an answer (A58)."""
    rows = DataRequest.objects.filter(
        answered_at__isnull=True, due_at__lt=to_minute(at), incident__status=IncidentStatus.OPEN
    )
    return rows.select_related("incident__merged_into", "department", "asker").order_by("due_at", "pk")
