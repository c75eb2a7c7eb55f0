"""What the outbreak card says beyond what can be computed: how it came about, what it cost, who was exposed, what was sampled."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from audit.models import Sealed
from incidents.models.incidents import Incident


class OutbreakCard(Sealed):
    """One state of what was entered on an incident's outbreak card; the latest version holds, earlier ones stay.

    `exposed` are rows of age group, male, female; `samples` rows of whom or what they are from, kind, number and positives.
    """

    withheld = ("factor_note", "source")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="outbreak_cards")
    version = models.PositiveIntegerField()
    factors = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    factor_note = models.CharField(max_length=300, blank=True)
    cost_yuan = models.PositiveIntegerField(null=True, blank=True, help_text="medical costs per head")
    food = models.CharField(max_length=120, blank=True)
    food_class = models.CharField(max_length=20, blank=True)
    eaten_kind = models.CharField(max_length=20, blank=True, help_text="the kind of place, not its name")
    made_kind = models.CharField(max_length=20, blank=True, help_text="the kind of place, not its name")
    exposed = models.JSONField(default=list, blank=True)
    samples = models.JSONField(default=list, blank=True)
    source = models.CharField(max_length=300, help_text="what it rests on")
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="incidents_card_version"),
            models.CheckConstraint(condition=~Q(source=""), name="incidents_card_has_source"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} card v{self.version}"
