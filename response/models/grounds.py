"""What a decision rests on beside its words, and who was reminded to make one (6.1, 6.2, 6.4.2)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import LevelConfirmation
from plan.termination import Finding
from response.models.activation import Decision
from response.models.assessment import AssessmentReport
from response.models.measures import MeasureRecord


class LevelBasis(Sealed):
    """The assessment on which a level was fixed (6.1: 根据评估情况核定); append-only.

    `reason` says why there is none in writing, or why one that is older than the facts.
    """

    confirmation = models.OneToOneField(LevelConfirmation, models.PROTECT, related_name="basis")
    report = models.ForeignKey(
        AssessmentReport, models.PROTECT, null=True, blank=True, related_name="levels_fixed"
    )
    reason = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    stated_by = models.CharField(max_length=80)
    stated_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "level bases"
        constraints = [
            models.CheckConstraint(
                condition=Q(report__isnull=False) | ~Q(reason=""), name="response_no_assessment_says_why"
            )
        ]

    def __str__(self) -> str:
        return f"{self.confirmation_id} {self.report_id}"


class FindingEvidence(Sealed):
    """A test result on record that a finding of a proposal rests on (6.4.2(2): 符合相关标准); append-only."""

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="evidence")
    finding = models.CharField(max_length=24, choices=[(each.value, each.label_zh) for each in Finding])
    record = models.ForeignKey(MeasureRecord, models.PROTECT, related_name="+")

    class Meta:
        verbose_name_plural = "finding evidence"
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "finding", "record"], name="response_result_cited_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.finding} {self.record_id}"


class Urging(Sealed):
    """One reminder of an answer or a paper that is waited for (A59: silence is no consent); append-only.

    `interval`: the how-many-eth of the house's target was over, empty where somebody reminded by hand.
    """

    decision = models.ForeignKey(Decision, models.PROTECT, related_name="urgings")
    told = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    interval = models.PositiveIntegerField(null=True, blank=True)
    urged_by = models.CharField(max_length=80)
    urged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision", "interval"],
                condition=Q(interval__isnull=False),
                name="response_urged_once_an_interval",
            )
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.told_id} {self.interval}"
