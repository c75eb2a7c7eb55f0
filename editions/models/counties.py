"""The counties' own plans, and what inspections of them found (9.1)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction
from audit.models import Sealed
from plan.county_plans import InspectionSubject


class CountyPlan(Sealed):
    """A county's plan as it was registered; a newer edition of it is a new row (9.1).

    `numbers` are its thresholds and hours, named as in `plan.edition`; `points` the city plan's other points, each with
    whether it agrees and, if not, why.
    """

    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="county_plans")
    number = models.CharField(max_length=60)
    issued_on = models.DateField()
    numbers = models.JSONField(default=dict)
    points = models.JSONField(default=dict)
    registered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    registered_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.number


class Inspection(Sealed):
    """An inspection of a county's plan, its revision and its drills, by 市食药安办 with 市应急管理局 (9.1)."""

    withheld = ("bureau_people",)

    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="plan_inspections")
    held_on = models.DateField()
    subjects = ArrayField(models.CharField(max_length=10))
    bureau_people = models.CharField(max_length=200)
    summary = models.TextField()
    recorded_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.county_id} {self.held_on}"

    @property
    def subject_labels(self) -> str:
        """What was looked at, in words."""
        return "、".join(InspectionSubject(each).label_zh for each in self.subjects)


class Finding(Sealed):
    """Something an inspection found wanting, with the day by which the inspectors ask for it to be mended (9.1)."""

    inspection = models.ForeignKey(Inspection, models.PROTECT, related_name="findings")
    text = models.CharField(max_length=500)
    due_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def last_step(self) -> "FindingStep | None":
        """What became of it last, of steps read in their order."""
        steps = list(self.steps.all())
        return steps[-1] if steps else None


class FindingStepKind(models.TextChoices):
    """What became of a finding."""

    MENDED = "mended", _("已整改，待复核")
    VERIFIED = "verified", _("复核通过")
    REJECTED = "rejected", _("复核未通过")


class FindingStep(Sealed):
    """A step on a finding: the county mends, the inspectors look again (9.1)."""

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=10, choices=FindingStepKind)
    note = models.CharField(max_length=500)
    taken_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.finding_id} {self.kind}"
