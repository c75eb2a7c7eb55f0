"""What people ate, ill and well: the denominators of attack rates."""

from django.db import models
from django.db.models import Q

from audit.models import Sealed
from incidents.models.incidents import Incident


class FoodHistory(Sealed):
    """One state of an incident's food histories, summed or person by person without names; the latest version holds."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="food_histories")
    version = models.PositiveIntegerField()
    # The 2×2 tables by food, as in `incidents.epi.attack.FoodTable`.
    tables = models.JSONField()
    # Person by person: ill or not, and which foods; empty where only sums were entered.
    people = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=300, help_text="who was asked, and how")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="incidents_history_version"),
            models.CheckConstraint(condition=~Q(source=""), name="incidents_history_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} v{self.version}"
