"""The pool of experts by field, and who of them advises on an incident (3.4.6)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from audit.sealed_text import SealedTextField
from incidents.models import Incident


class Expert(models.Model):
    """An expert of the pool that 市食药安办 keeps (3.4.6); who left is appointed no more."""

    name = models.CharField(max_length=40)
    unit = models.CharField(max_length=80)
    field = models.CharField(max_length=40)
    # Codes of the plan's table, and where the expert is reached (8.1).
    agents = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    phone = SealedTextField()
    checked_on = models.DateField(null=True, blank=True)
    kept_by = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    left_by = models.CharField(max_length=80, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["name", "unit"], condition=Q(left_at__isnull=True), name="response_expert_once"
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by="") | Q(left_at__isnull=False) & ~Q(left_by=""),
                name="response_expert_left_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"expert {self.pk}"


class ExpertAppointment(Sealed):
    """An expert was appointed to advise on an incident (3.4.6); append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="experts")
    expert = models.ForeignKey(Expert, models.PROTECT, related_name="appointments")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    appointed_by = models.CharField(max_length=80)
    appointed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "expert"], name="response_expert_appointed_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.expert_id}"
