"""Duties of 5.1(5)-(8) without a numeric clock: learning, checking, leapfrogging, open duties."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident
from plan.reporting import LISTED_GROUNDS, LeapGround


class CityUnitConcerned(models.Model):
    """A 市级有关单位 chosen for an incident: it bears its own clocks under 5.1(8) (A21)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="city_units")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    named_by = models.CharField(max_length=80)
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "organisation"], name="reporting_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id}"


class LearnedHow(models.TextChoices):
    """How an office came to know (5.1(5), 5.1(6))."""

    LEARNED = "learned", _("获知")
    REPORT = "report", _("接到报告")
    TIP_OFF = "tip_off", _("接到举报")
    HEALTH_WORK = "health_work", _("调查处理传染病或者其他突发卫生事件中发现")
    OUTSIDE = "outside", _("接到外地主管部门通报")


class Learning(Sealed):
    """An office learnt of an incident, which obliges it to notify at once (5.1(5), 5.1(6)); append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="learnings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=LearnedHow)
    # The infectious disease or other health event it came from (5.1(5)).
    health_event = models.CharField(max_length=120, blank=True)
    # The authority outside Ningbo that notified.
    authority = models.CharField(max_length=80, blank=True)
    learned_at = models.DateTimeField()
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(learned_at__lte=F("entered_at")), name="reporting_learned_before_entered"
            ),
            models.CheckConstraint(
                condition=~Q(how="health_work") | ~Q(health_event=""), name="reporting_health_event_named"
            ),
            models.CheckConstraint(
                condition=~Q(how="outside") | ~Q(authority=""), name="reporting_authority_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id} {self.how}"


class CheckOutcome(models.TextChoices):
    """What a preliminary check found (5.1(6))."""

    LIKELY = "likely", _("初步属实")
    UNLIKELY = "unlikely", _("初步不属实")
    UNCLEAR = "unclear", _("尚不能确定")


class PreliminaryCheck(Sealed):
    """An office's 初步核实: after the notice and never before it may go (5.1(6), A19); append-only."""

    withheld = ("content",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="checks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    content = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__lte=F("entered_at")), name="reporting_checked_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id} {self.outcome}"


class Leap(Sealed):
    """A report that skipped a level: accepted whatever its ground, which is on record (5.1(7), A25); append-only.

    withheld_reason: why the skipped level, which is complained of, gets no copy; such a row is for the city alone.
    """

    withheld = ("receiver",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="leaps")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=[(each.value, each.label_zh) for each in LeapGround])
    reason = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=8, help_text="the level that duties followed then")
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=80, blank=True)
    receiver = models.CharField(max_length=60, blank=True)
    withheld_reason = models.CharField(max_length=300, blank=True)
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="reporting_leapt_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.ground}"

    @property
    def is_listed(self) -> bool:
        """Whether the plan names its ground; any other is reviewed (A25)."""
        return LeapGround(self.ground) in LISTED_GROUNDS


class LeapReview(Sealed):
    """What the city's office found of a leap on a ground the plan doesn't name (A25); append-only."""

    withheld = ("note",)

    leap = models.OneToOneField(Leap, models.PROTECT, related_name="review")
    note = models.CharField(max_length=300)
    reviewed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="reporting_leap_review_says")]

    def __str__(self) -> str:
        return f"review of {self.leap_id}"


class OpenDuty(models.Model):
    """Something still owed that has no number of hours: a fact reported as unknown yet (5.2)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="open_duties")
    code = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "code", "bearer"], name="reporting_duty_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="")
                | Q(settled_at__isnull=False) & ~Q(settled_by=""),
                name="reporting_duty_settled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.code}"
