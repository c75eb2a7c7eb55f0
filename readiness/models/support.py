"""What an incident asks of the registers (3.3, 3.4.6, 8.3, 8.5)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from incidents.models import Incident


class SupportRequest(models.Model):
    """An office handling an incident asks for an expert, a body, a hospital or stock, of the office that keeps or is it."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="support_requests")
    register = models.CharField(max_length=20)
    entry = models.BigIntegerField()
    agent = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="support_asked")
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    is_granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="", is_granted__isnull=True)
                | Q(answered_at__isnull=False, is_granted__isnull=False) & ~Q(answered_by=""),
                name="readiness_support_answered_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.register} {self.entry}"
