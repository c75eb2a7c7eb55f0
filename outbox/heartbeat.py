"""Signs of life of the processes that must not die unseen."""

from django.db.models import F, FloatField
from django.db.models.functions import Extract

from audit.models import ClockTimestamp
from outbox.models import Heartbeat


def beat(source: str) -> None:
    """Note that this process did its round just now, by the database's clock."""
    Heartbeat.objects.bulk_create(
        [Heartbeat(source=source, at=ClockTimestamp())],
        update_conflicts=True,
        update_fields=["at"],
        unique_fields=["source"],
    )


def ages() -> dict[str, float]:
    """Return how many seconds ago each process did its last round."""
    age = Extract(ClockTimestamp() - F("at"), "epoch", output_field=FloatField())
    return dict(Heartbeat.objects.order_by("source").values_list("source", age))
