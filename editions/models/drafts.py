"""Drafts of a revision, what each would have changed, and reviews of the plan in force (9.1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import Sealed
from reporting.models import LegCode
from reporting.verdicts import VerdictState


class Draft(Sealed):
    """A revision that is not law yet, as its file and its words were sent in; a better one is a new row (9.1)."""

    number = models.CharField(max_length=40)
    in_force_on = models.DateField()
    numbers = models.TextField()
    words = models.TextField()
    drafted_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number

    @property
    def key(self) -> str:
        """How addresses name the edition it would be."""
        return f"d{self.pk}"


class EffectRun(Sealed):
    """One trial of a draft on every incident on record: how many were looked at, how many would have differed (9.1)."""

    draft = models.ForeignKey(Draft, models.PROTECT, related_name="runs")
    incidents = models.PositiveIntegerField()
    differing = models.PositiveIntegerField()
    run_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    run_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.draft_id}@{self.run_at}"


class EffectLine(Sealed):
    """What a draft would have changed of one incident (9.1).

    `number` names the incident and does not point at it: a trial is no part of that incident's evidence. `clocks` holds
    for each clock that would have been judged otherwise its clause, leg, bearer, recipient, and the states before and after;
    `duty` says whether the clocks of 5.1(8) would have started or not.
    """

    run = models.ForeignKey(EffectRun, models.PROTECT, related_name="lines")
    number = models.CharField(max_length=20)
    level_before = models.CharField(max_length=8)
    level_after = models.CharField(max_length=8)
    clauses_before = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    clauses_after = ArrayField(models.CharField(max_length=10), default=list, blank=True)
    duty = models.CharField(max_length=8, blank=True)
    clocks = models.JSONField(default=list, blank=True)

    def __str__(self) -> str:
        return f"{self.number}: {self.level_before} → {self.level_after}"

    @property
    def clock_lines(self) -> list[dict[str, str]]:
        """The clocks that would have been judged otherwise, leg and states in words."""
        said = {"leg": LegCode, "before": VerdictState, "after": VerdictState}
        return [
            {name: str(said[name](value).label) if name in said else value for name, value in clock.items()}
            for clock in self.clocks
        ]


class LawNote(Sealed):
    """Which version of an instrument the plan rests on is current, as somebody looked it up (1.2).

    `amended_on` after the plan was issued means that the plan rests on words that have changed.
    """

    name = models.CharField(max_length=100)
    version = models.CharField(max_length=100)
    amended_on = models.DateField(null=True, blank=True)
    noted_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    noted_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class ReviewOutcome(models.TextChoices):
    """What a review of the plan concluded (9.1: 适时组织对本预案的评估和修订)."""

    KEEP = "keep", _("暂不修订")
    REVISE = "revise", _("启动修订")


class PlanReview(Sealed):
    """A review of the plan by 市食药安办 with others; the plan gives no interval (9.1)."""

    withheld = ("with_whom",)

    held_on = models.DateField()
    with_whom = models.CharField(max_length=300)
    findings = models.TextField()
    outcome = models.CharField(max_length=8, choices=ReviewOutcome)
    recorded_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.held_on} {self.outcome}"
