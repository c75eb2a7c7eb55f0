"""Incidents: their numbers, where they stand, and the counties they concern."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Jurisdiction
from incidents.models.places import Place, PlaceKind, Stage
from plan.levels import IncidentLevel

LEVELS = [(level.value, level.numeral) for level in IncidentLevel]


class IncidentNumber(models.Model):
    """The counter of a year's incident numbers; its row lock also orders reports that may open an incident."""

    series = models.CharField(max_length=10, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.series}-{self.last:04d}"


class IncidentStatus(models.TextChoices):
    """The life of a record; what is done about the incident is the response's matter."""

    OPEN = "open", _("处置中")
    WITHDRAWN = "withdrawn", _("已撤回")
    MERGED = "merged", _("已并入")
    NOT_AN_INCIDENT = "not_an_incident", _("不属于食品安全事故")


class Incident(models.Model):
    """One food-safety incident: what is known now, projected from its append-only facts.

    事发 (`occurred_*`, an interval, A48) and 得知 (`known_at`, A16, A49) are kept apart.
    """

    number = models.CharField(max_length=20, unique=True)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="incidents")
    zone = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="incidents")
    place_text = models.CharField(max_length=120, blank=True)
    address = models.CharField(max_length=200, blank=True)
    place_kind = models.CharField(max_length=20, choices=PlaceKind, blank=True)
    is_school_or_nursery = models.BooleanField(default=False)
    occurred_earliest = models.DateTimeField(null=True, blank=True)
    occurred_latest = models.DateTimeField(null=True, blank=True)
    known_at = models.DateTimeField()
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    suspect_food = models.CharField(max_length=120, blank=True)
    suspect_agent = models.CharField(max_length=20, blank=True)
    is_sensitive = models.BooleanField(default=False)
    sensitive_reason = models.CharField(max_length=200, blank=True)
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    edition = models.CharField(max_length=40)
    status = FSMField(choices=IncidentStatus, default=IncidentStatus.OPEN, protected=True)
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged")
    proposed_level = models.CharField(max_length=8, choices=LEVELS, default=IncidentLevel.BELOW.value)
    confirmed_level = models.CharField(max_length=8, choices=LEVELS, blank=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(occurred_earliest__isnull=True, occurred_latest__isnull=True)
                | Q(occurred_earliest__lte=F("occurred_latest")),
                name="incidents_occurred_interval",
            ),
            models.CheckConstraint(
                condition=Q(status="merged", merged_into__isnull=False)
                | ~Q(status="merged") & Q(merged_into__isnull=True),
                name="incidents_merged_pair",
            ),
            models.CheckConstraint(
                condition=Q(is_sensitive=False) | ~Q(sensitive_reason=""),
                name="incidents_sensitive_has_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["county", "-changed_at"], name="incidents_by_county"),
            models.Index(fields=["-changed_at", "-id"], name="incidents_by_change"),
            models.Index(fields=["-changed_at"], condition=Q(status="open"), name="incidents_open"),
            models.Index(fields=["place", "-opened_at"], name="incidents_by_place"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """The name of this incident's chain in the evidence log."""
        return f"incident:{self.number}"

    @property
    def duty_level(self) -> IncidentLevel:
        """The more severe of proposed and confirmed level: the one duties follow (architecture: levels)."""
        proposed = IncidentLevel(self.proposed_level)
        confirmed = IncidentLevel(self.confirmed_level or IncidentLevel.BELOW)
        return confirmed if confirmed.more_severe_than(proposed) else proposed

    @transition(field=status, source=IncidentStatus.OPEN, target=IncidentStatus.WITHDRAWN)
    def withdraw(self) -> None:
        """Every report of it was withdrawn."""

    @transition(field=status, source=IncidentStatus.OPEN, target=IncidentStatus.MERGED)
    def merge(self) -> None:
        """It became part of another incident (A12, A56)."""

    @transition(field=status, source=IncidentStatus.MERGED, target=IncidentStatus.OPEN)
    def split(self) -> None:
        """It was found to be an incident of its own after all (A56)."""

    @transition(field=status, source=[IncidentStatus.OPEN], target=IncidentStatus.NOT_AN_INCIDENT)
    def find_not_an_incident(self) -> None:
        """A named office found that it is no food-safety incident (A57)."""


class CountyRole(models.TextChoices):
    """What a county has to do with an incident (A51)."""

    HARM = "harm", _("就餐或发病地")
    SOURCE = "source", _("仅生产地")


class InvolvedCounty(models.Model):
    """A county of an incident: it sees it; a county of harm also bears the clocks of 5.1(8) (A51)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="involved")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    role = models.CharField(max_length=8, choices=CountyRole)
    added_at = models.DateTimeField()
    # The part that brought the county along when it was merged; with it the county goes again (A56).
    through = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "county"], name="incidents_county_once")]

    def __str__(self) -> str:
        return f"{self.incident} {self.county}"
