"""A drill as real life keeps it: who held it, how its clock ran, who took part, what came of it (预案 9.2).

What is played lies in a database of the drill's own (ADR 30); only `PlayedStep` is a row of that one.
"""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from audit.worlds import Pace
from plan.readiness import DrillKind
from readiness.models import HeldDrill


class Drill(Sealed):
    """One drill: its script as it was when it began, and the database it is played in."""

    kind = models.CharField(max_length=16, choices=[(each.value, each.label_zh) for each in DrillKind])
    title = models.CharField(max_length=120)
    script = models.TextField()
    # Where it plays, and the food-safety regulator that holds it (A42).
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    factor = models.PositiveSmallIntegerField()
    database = models.CharField(max_length=63, unique=True)
    started_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    started_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(factor__gte=1, factor__lte=60), name="drills_factor_1_to_60")
        ]

    def __str__(self) -> str:
        return f"{self.pk} {self.title}"

    @property
    def chain(self) -> str:
        """Its chain of the evidence log."""
        return f"drill:{self.pk}"


class TurnKind(models.TextChoices):
    """What is done to a drill's clock."""

    START = "start", _("开始")
    PAUSE = "pause", _("暂停")
    RESUME = "resume", _("继续")
    SKIP = "skip", _("快进")
    END = "end", _("结束")


class DrillTurn(Sealed):
    """A turn of a drill's clock: from the real moment `at` it shows `shown_at` and runs `factor` times as fast, 0 when it stands."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="turns")
    kind = models.CharField(max_length=8, choices=TurnKind)
    at = models.DateTimeField()
    shown_at = models.DateTimeField()
    factor = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True)
    by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drill", "kind"],
                condition=Q(kind__in=["start", "end"]),
                name="drills_starts_and_ends_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["pause", "end"]) | Q(factor=0), name="drills_stands_when_stopped"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drill_id} {self.kind}"

    @property
    def pace(self) -> Pace:
        """How the clock runs from here."""
        return Pace(self.at, self.shown_at, self.factor)


class DrillJoining(Sealed):
    """Somebody takes part, for an office they hold."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="joinings")
    office = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["drill", "office", "by"], name="drills_joins_once")]

    def __str__(self) -> str:
        return f"{self.drill_id} {self.office}"


class InjectReceipt(Sealed):
    """An office took note of what it was told; `inject` is the number of the script's step."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="receipts")
    inject = models.PositiveSmallIntegerField()
    office = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    at = models.DateTimeField()
    shown_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["drill", "inject", "office"], name="drills_one_receipt_per_office"
            )
        ]

    def __str__(self) -> str:
        return f"{self.drill_id} {self.inject} {self.office}"


class DrillRefusal(Sealed):
    """What the plan refused to an office while it played."""

    drill = models.ForeignKey(Drill, models.PROTECT, related_name="refusals")
    office = models.CharField(max_length=80)
    by = models.CharField(max_length=80)
    code = models.CharField(max_length=60)
    clause = models.CharField(max_length=40)
    reason = models.CharField(max_length=300)
    at = models.DateTimeField()
    shown_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.drill_id} {self.code}"


class DrillScore(Sealed):
    """What came of a drill, as it was found when it ended; `held`: as what it counts for its regulator, if it does (A42)."""

    added_later = ("held_id",)

    drill = models.OneToOneField(Drill, models.PROTECT, related_name="score")
    held = models.OneToOneField(HeldDrill, models.PROTECT, null=True, blank=True, related_name="played")
    content = models.JSONField()
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"score of {self.drill_id}"


class DrillWorld(models.Model):
    """A database made ready for a drill; the drill that took it, none while it is free."""

    database = models.CharField(max_length=63, unique=True)
    drill = models.OneToOneField(Drill, models.PROTECT, null=True, blank=True, related_name="world")
    dropped_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(dropped_at__isnull=True) | Q(drill__isnull=False),
                name="drills_only_a_used_world_goes",
            )
        ]

    def __str__(self) -> str:
        return self.database


class Outcome(models.TextChoices):
    """What became of a step that the machine takes."""

    DONE = "done", _("已执行")
    REFUSED = "refused", _("被拒绝")
    UNFIT = "unfit", _("无法执行")


class PlayedStep(models.Model):
    """In a drill's own database: a step the machine took, and the rows it led to, by which later steps find them."""

    number = models.PositiveSmallIntegerField(unique=True)
    at = models.DateTimeField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    said = models.CharField(max_length=300, blank=True)
    found = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return f"{self.number} {self.outcome}"
