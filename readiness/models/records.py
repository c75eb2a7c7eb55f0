"""What was done and is never changed: stock used and replenished (8.5), drills held and evaluated (9.2), the house's intervals."""

from django.db import models
from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from incidents.models import Incident
from plan.readiness import DrillKind
from readiness.models.entries import Enterprise, Stock


class StockUses(models.QuerySet["StockUse"]):
    """Uses of stock."""

    def owed(self) -> "StockUses":
        """Return the uses not yet made good (8.5)."""
        put_back = Coalesce(Sum("replenishments__quantity"), 0)
        return self.alias(put_back=put_back).filter(put_back__lt=F("quantity"))


class StockUse(Sealed):
    """Stock taken from a store (8.5): owed back until as much was put in; append-only."""

    withheld = ("note",)

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="uses")
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="stock_uses")
    quantity = models.PositiveIntegerField()
    note = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    used_by = models.CharField(max_length=80)
    used_at = models.DateTimeField()

    objects = StockUses.as_manager()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(quantity__gt=0), name="readiness_used_something")]

    def __str__(self) -> str:
        return f"{self.stock_id} -{self.quantity}"

    @property
    def owed(self) -> int:
        """How much is still to be put back."""
        return self.quantity - sum(each.quantity for each in self.replenishments.all())


class Replenishment(Sealed):
    """Stock put back for what was used (8.5); append-only."""

    withheld = ("note",)

    use = models.ForeignKey(StockUse, models.PROTECT, related_name="replenishments")
    quantity = models.PositiveIntegerField()
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    restored_by = models.CharField(max_length=80)
    restored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(quantity__gt=0), name="readiness_restored_something")
        ]

    def __str__(self) -> str:
        return f"{self.use_id} +{self.quantity}"


class HeldDrills(models.QuerySet["HeldDrill"]):
    """Drills held."""

    def not_evaluated(self) -> "HeldDrills":
        """Return the drills whose evaluation is owed (9.2)."""
        return self.filter(evaluation__isnull=True)


class HeldDrill(Sealed):
    """A drill that was held (9.2): by a food-safety regulator, or by an enterprise of its own accord (A42); append-only."""

    withheld = ("participants",)

    organiser = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="drills_held"
    )
    enterprise = models.ForeignKey(
        Enterprise, models.PROTECT, null=True, blank=True, related_name="drills_held"
    )
    kind = models.CharField(max_length=16, choices=[(each.value, each.label_zh) for each in DrillKind])
    title = models.CharField(max_length=120)
    held_on = models.DateField()
    participants = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = HeldDrills.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(organiser__isnull=True) ^ Q(enterprise__isnull=True),
                name="readiness_drill_has_one_organiser",
            ),
            models.UniqueConstraint(fields=["organiser", "held_on", "title"], name="readiness_drill_once"),
            models.UniqueConstraint(
                fields=["enterprise", "held_on", "title"], name="readiness_enterprise_drill_once"
            ),
        ]

    @property
    def area(self) -> Jurisdiction:
        """The city or the county where it counts, or could count."""
        if self.organiser is not None:
            return self.organiser.jurisdiction.county
        return self.held_by_enterprise.area

    @property
    def held_by_enterprise(self) -> Enterprise:
        """The enterprise that held it of its own accord."""
        if self.enterprise is None:
            raise LookupError("a regulator held this drill")
        return self.enterprise

    def __str__(self) -> str:
        return f"{self.organiser_id or self.enterprise_id} {self.held_on}"


class DrillEvaluation(Sealed):
    """What a drill showed, written after it (9.2); append-only."""

    withheld = ("findings",)

    drill = models.OneToOneField(HeldDrill, models.PROTECT, related_name="evaluation")
    findings = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    evaluated_by = models.CharField(max_length=80)
    evaluated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.drill_id}"


class CheckInterval(Sealed):
    """How often the house wants a register checked, None for not at all (非预案规定); the newest of a register holds."""

    register = models.CharField(max_length=20)
    days = models.PositiveIntegerField(null=True, blank=True)
    office = models.CharField(max_length=80)
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.register} {self.days}"
