"""What the facts were found to be: assessments and confirmed levels."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models.incidents import LEVELS, Incident


class AssessmentRecord(Sealed):
    """What the machine proposed after a change of facts, with the facts it counted; append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assessments")
    at = models.DateTimeField()
    level = models.CharField(max_length=8, choices=LEVELS)
    clauses = ArrayField(models.CharField(max_length=12))
    other_clauses = ArrayField(models.CharField(max_length=12))
    needs_person = ArrayField(models.TextField())
    warnings = ArrayField(models.TextField())
    next_up = ArrayField(models.TextField())
    explanation = models.TextField()
    edition = models.CharField(max_length=40)
    fact_ids = ArrayField(models.BigIntegerField())
    counted = models.JSONField(help_text="the plan's facts as graded")

    class Meta:
        indexes = [models.Index(fields=["incident", "-id"], name="incidents_latest_assessment")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.level}"

    @property
    def ill(self) -> int | None:
        """The number ill, the dead included (A12); None while nobody has said any (5.2)."""
        return int(self.counted["illness_count"]) if self.counted.get("is_ill_known", True) else None

    @property
    def dead(self) -> int:
        """The number of deaths."""
        return int(self.counted["death_count"])


class LevelConfirmation(Sealed):
    """A named office's 核定 of the level (6.1; Ⅳ: 6.2.4, A14); append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="confirmations")
    assessment = models.ForeignKey(AssessmentRecord, models.PROTECT, related_name="+")
    level = models.CharField(max_length=8, choices=LEVELS)
    clauses = ArrayField(models.CharField(max_length=12))
    note = models.CharField(max_length=500, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    confirmed_by = models.CharField(max_length=80)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident_id} {self.level}"
