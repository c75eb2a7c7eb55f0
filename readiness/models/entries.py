"""The registers of people, bodies and supplies (3.2, 3.3, 8.1-8.3, 8.5): rows that their keepers change, each change on record."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Jurisdiction
from audit.sealed_text import SealedTextField
from plan.readiness import HelperKind, ReserveKind, TechnicalKind

HERE = Q(left_at__isnull=True)


def choices_of(kind: type[HelperKind | ReserveKind | TechnicalKind]) -> list[tuple[str, str]]:
    """Return an enumeration of the plan as the choices of a column."""
    return [(each.value, each.label_zh) for each in kind]


def once(*fields: str, name: str) -> models.UniqueConstraint:
    """Hold that no two rows of a register that are still in it are the same thing."""
    return models.UniqueConstraint(fields=["area", *fields], condition=HERE, name=name)


class Entry(models.Model):
    """A row of a register: the area whose office keeps it, when it was last checked, who left it and when."""

    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    checked_on = models.DateField()
    kept_by = models.CharField(max_length=80)
    kept_at = models.DateTimeField()
    left_by = models.CharField(max_length=80, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by="") | Q(left_at__isnull=False) & ~Q(left_by=""),
                name="%(app_label)s_%(class)s_left_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self._meta.model_name} {self.pk}"


class Reachable(Entry):
    """A row that says who is reached where, round the clock; sealed, for it may name a person."""

    contact = SealedTextField()
    phone = SealedTextField()

    class Meta(Entry.Meta):
        abstract = True


class Team(Reachable):
    """A professional team: full- and part-time, skills, equipment, last training (8.1)."""

    name = models.CharField(max_length=80)
    full_time = models.PositiveIntegerField()
    part_time = models.PositiveIntegerField()
    skills = models.TextField()
    equipment = models.TextField(blank=True)
    trained_on = models.DateField(null=True, blank=True)

    class Meta(Reachable.Meta):
        constraints = [*Entry.Meta.constraints, once("name", name="readiness_team_once")]


class TechnicalBody(Reachable):
    """A technical body of one of the three kinds, with what it can do (3.3)."""

    name = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=choices_of(TechnicalKind))
    capability = models.TextField()
    agents = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta(Reachable.Meta):
        verbose_name_plural = "technical bodies"
        constraints = [*Entry.Meta.constraints, once("name", name="readiness_body_once")]


class Hospital(Reachable):
    """A hospital with its capacity (8.3)."""

    name = models.CharField(max_length=80)
    beds = models.PositiveIntegerField()
    intensive_beds = models.PositiveIntegerField()
    ability = models.TextField(blank=True)
    agents = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta(Reachable.Meta):
        constraints = [*Entry.Meta.constraints, once("name", name="readiness_hospital_once")]


class Stock(Reachable):
    """A thing in reserve at a place (8.5): `quantity` is what is there, `level` what should be."""

    item = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=choices_of(ReserveKind))
    place = models.CharField(max_length=80)
    quantity = models.PositiveIntegerField()
    level = models.PositiveIntegerField()
    unit = models.CharField(max_length=10)
    expires_on = models.DateField(null=True, blank=True)
    agents = ArrayField(models.CharField(max_length=20), default=list, blank=True)

    class Meta(Reachable.Meta):
        constraints = [*Entry.Meta.constraints, once("item", "place", name="readiness_stock_once")]


class Helper(Reachable):
    """An assistant, informant or volunteer, by the place they look after (8.2)."""

    name = models.CharField(max_length=40)
    kind = models.CharField(max_length=10, choices=choices_of(HelperKind))
    station = models.CharField(max_length=80)

    class Meta(Reachable.Meta):
        constraints = [*Entry.Meta.constraints, once("kind", "name", "station", name="readiness_helper_once")]


class Enterprise(Reachable):
    """A food enterprise: its incident plan, its last self-check, hazards still open (9.2)."""

    name = models.CharField(max_length=80)
    address = models.CharField(max_length=120, blank=True)
    has_plan = models.BooleanField()
    plan_on = models.DateField(null=True, blank=True)
    self_checked_on = models.DateField(null=True, blank=True)
    hazards = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Reachable.Meta):
        constraints = [*Entry.Meta.constraints, once("name", name="readiness_enterprise_once")]


SHORT_OF_STOCK = Q(quantity__lt=F("level"))
