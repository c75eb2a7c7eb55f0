"""What makes a record of a line list a case of this outbreak, version by version."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.models import Sealed
from incidents.models.facts import Certainty
from incidents.models.incidents import Incident


class SymptomRule(models.TextChoices):
    """How many of the symptoms named a case has."""

    ANY = "any", _("至少有一种")
    ALL = "all", _("全部都有")


class CaseDefinition(Sealed):
    """One version of an incident's case definition; the latest is in force, an earlier one shows what was counted then.

    A part left empty asks for nothing. `counts` are the certainties that count as 发病人数.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="case_definitions")
    version = models.PositiveIntegerField()
    symptoms = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    symptom_rule = models.CharField(max_length=3, choices=SymptomRule, default=SymptomRule.ANY)
    onset_from = models.DateTimeField(null=True, blank=True)
    onset_until = models.DateTimeField(null=True, blank=True)
    exposed_from = models.DateTimeField(null=True, blank=True)
    exposed_until = models.DateTimeField(null=True, blank=True)
    place = models.CharField(max_length=120, blank=True)
    agent = models.CharField(max_length=40, blank=True)
    counts = ArrayField(models.CharField(max_length=10))
    counts_secondary = models.BooleanField(default=True)
    reason = models.CharField(max_length=300)
    set_at = models.DateTimeField()
    set_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "version"], name="incidents_definition_version"),
            models.CheckConstraint(condition=~Q(reason=""), name="incidents_definition_has_reason"),
            models.CheckConstraint(condition=Q(counts__len__gt=0), name="incidents_definition_counts_some"),
            models.CheckConstraint(
                condition=Q(onset_from__isnull=True)
                | Q(onset_until__isnull=True)
                | Q(onset_from__lte=F("onset_until")),
                name="incidents_definition_onsets",
            ),
            models.CheckConstraint(
                condition=Q(exposed_from__isnull=True)
                | Q(exposed_until__isnull=True)
                | Q(exposed_from__lte=F("exposed_until")),
                name="incidents_definition_exposures",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} v{self.version}"

    @property
    def counted_classes(self) -> list[Certainty]:
        """The classes that count as 发病人数."""
        return [Certainty(each) for each in self.counts]
