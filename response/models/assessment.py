"""The assessment (6.1): what departments are asked for, the report in three parts, how the patients are (6.4.2)."""

from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import LEVELS, AssessmentRecord, Incident
from reporting.clocks import is_in_time


class DataRequest(models.Model):
    """A department is asked for information and papers by a time (6.1); whether it is overdue is computed."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="data_requests")
    department = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    what = models.CharField(max_length=300)
    # Empty in requests from before it was kept.
    asker = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="")
                | Q(answered_at__isnull=False) & ~Q(answered_by=""),
                name="response_data_answered_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.department_id}"

    def is_late(self, at: datetime) -> bool:
        """Tell whether it was answered, or is unanswered now, in a later minute than the one named (A58)."""
        return not is_in_time(self.answered_at or at, self.due_at)


class AssessmentReport(Sealed):
    """An office's assessment in the plan's three parts (6.1), resting on what the machine counted; append-only.

    `present_level` is what harm, extent and trend amount to now, which the counts of chapter 2 never fall to (A32).
    `conditions` are those of 6.4.2 that it holds met; an end can't be proposed on one that names none.
    """

    withheld = ("expert_opinions",)
    added_later = ("conditions",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="assessment_reports")
    record = models.ForeignKey(AssessmentRecord, models.PROTECT, related_name="+")
    harm = models.TextField(help_text="健康损害后果及严重程度")
    extent = models.TextField(help_text="影响范围及严重程度")
    trend = models.TextField(help_text="发展蔓延趋势")
    expert_opinions = models.TextField(blank=True)
    measures = models.TextField(blank=True, help_text="应采取的措施")
    present_level = models.CharField(max_length=8, choices=LEVELS)
    conditions = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    made_by = models.CharField(max_length=80)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident_id} {self.present_level}"


class ConditionReport(Sealed):
    """How the patients are at a time (6.4.2(1)), without a name; append-only, the latest holds.

    `stable_since` is the latest over all patients: a relapse moves it on. `incubation_h` is an expert's own figure or their
    confirmation of the table's, with who they are.
    """

    withheld = ("expert",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="condition_reports")
    as_of = models.DateTimeField()
    patients = models.PositiveIntegerField()
    in_hospital = models.PositiveIntegerField(default=0)
    untraced = models.PositiveIntegerField(default=0)
    all_treated = models.BooleanField()
    stable_since = models.DateTimeField(null=True, blank=True)
    last_onset_at = models.DateTimeField(null=True, blank=True)
    last_exposure_at = models.DateTimeField(
        null=True, blank=True, help_text="where experts count from it, if later (A33)"
    )
    agent = models.CharField(max_length=20, blank=True)
    incubation_h = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    expert = models.CharField(max_length=80, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(incubation_h__isnull=True) | ~Q(expert=""),
                name="response_incubation_has_expert",
            ),
            models.CheckConstraint(
                condition=Q(in_hospital__lte=models.F("patients"), untraced__lte=models.F("patients")),
                name="response_patients_within",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.as_of:%F %H:%M}"
