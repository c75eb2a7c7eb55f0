"""Social forces mobilised, goods and transport called on (8.6)."""

from django.db import models
from django.db.models import F, Q

from aftermath.models.entries import Entry
from plan.aftermath import OrderKind, OrderState
from response.models import MeasureRecord


class Requisition(Entry):
    """One order of 8.6, open until 归还 or 补偿; a later version says which, when and with what proof.

    An owner may be a person: the name stays in the house.
    """

    slug = "order"
    withheld = ("owner", "note", "reason", "end_proof")

    kind = models.CharField(max_length=12, choices=[(each.value, each.label_zh) for each in OrderKind])
    legal_basis = models.CharField(max_length=200)
    document = models.CharField(max_length=120, blank=True)
    owner = models.CharField(max_length=120)
    is_person = models.BooleanField(default=False)
    item = models.CharField(max_length=200)
    quantity = models.CharField(max_length=80)
    taken_at = models.DateTimeField()
    measure = models.ForeignKey(MeasureRecord, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.TextField(blank=True)
    state = models.CharField(
        max_length=12,
        choices=[(each.value, each.label_zh) for each in OrderState],
        default=OrderState.OPEN.value,
    )
    ended_on = models.DateField(null=True, blank=True)
    end_proof = models.CharField(max_length=200, blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(taken_at__lte=F("recorded_at")), name="aftermath_ordered_before_recorded"
            ),
            models.CheckConstraint(
                condition=Q(state="open", ended_on__isnull=True, end_proof="")
                | ~Q(state="open") & Q(ended_on__isnull=False) & ~Q(end_proof=""),
                name="aftermath_order_ended_with_proof",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.pk}"
