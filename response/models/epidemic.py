"""The infectious-disease branch of an incident (6.2.4 ¶3, A39)."""

from django.db import models

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident


class EpidemicBranch(Sealed):
    """An epidemic is involved: health runs it under its own laws, and the food side goes on; append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="epidemics")
    disease = models.CharField(max_length=80)
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_by = models.CharField(max_length=80)
    opened_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "epidemic branches"
        constraints = [models.UniqueConstraint(fields=["incident", "disease"], name="response_epidemic_once")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.disease}"
