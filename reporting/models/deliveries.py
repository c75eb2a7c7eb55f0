"""What meets or excuses a leg: deliveries, calls, declared channels, oral explanations (5.1, A23, A54)."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident
from reporting.models.clocks import LegCode
from reporting.models.reports import Report


class Delivery(Sealed):
    """A report reached a recipient: the stamp that decides is when it reached them (A18); append-only.

    `entered_at` is when it was recorded here; an entry after the fact is marked 补录 (A58).
    """

    withheld = ("receiver", "content")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="deliveries")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leg = models.CharField(max_length=10, choices=LegCode)
    channel = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    receiver = models.CharField(max_length=60, blank=True, help_text="the official who took it")
    content = models.TextField(blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="deliveries")
    is_back_entry = models.BooleanField(default=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    is_retraction = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    # The same receipt in the incident this one was split from (A56): one correction corrects both.
    inherited_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="inherited_by"
    )
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, is_retraction=False)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="reporting_delivery_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="reporting_received_before_entered"
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "bearer", "recipient"], name="reporting_deliveries_of_leg")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.leg} {self.received_at:%H:%M}"

    @property
    def review(self) -> "ChannelReview | None":
        """What is asked of its channel, also of the receipt that this one is a copy of; None where it was declared."""
        origin = self.inherited_from or self
        try:
            return origin.channel_review
        except ChannelReview.DoesNotExist:
            return None


class DeclaredChannel(models.Model):
    """An emergency channel that a recipient of 5.1(8) declared, and for how long (A54)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="declared_channels")
    name = models.CharField(max_length=80)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.CharField(max_length=80)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="reporting_channel_ends_no_earlier",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(until_at__isnull=True),
                name="reporting_one_open_channel",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelReview(models.Model):
    """A report came by a channel that its recipient had not declared: it counts, and somebody looks at it (A54)."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="channel_review")
    asked_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True)
    office = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by="", note="")
                | Q(reviewed_at__isnull=False) & ~Q(reviewed_by="") & ~Q(note=""),
                name="reporting_channel_reviewed_with_note",
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.delivery_id}"


class CallAttempt(Sealed):
    """A call that nobody answered: evidence that one tried, and no report (A54); append-only."""

    withheld = ("note",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="call_attempts")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    attempted_at = models.DateTimeField()
    channel = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_back_entry = models.BooleanField(default=False)
    # The same attempt in the incident this one was split from (A56).
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(attempted_at__lte=F("entered_at")), name="reporting_attempted_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.attempted_at:%H:%M}"

    @property
    def taken_back(self) -> "AttemptRetraction | None":
        """The row that takes it back, None while it stands."""
        try:
            return self.retraction
        except AttemptRetraction.DoesNotExist:
            return None


class AttemptRetraction(Sealed):
    """A call without an answer that was entered by mistake is taken back, with a reason: nobody called then (5.1, A54)."""

    withheld = ("reason",)

    attempt = models.OneToOneField(CallAttempt, models.PROTECT, related_name="retraction")
    reason = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_attempt_taken_back_with_reason")
        ]

    def __str__(self) -> str:
        return f"retraction of attempt {self.attempt_id}"


class OralExplanation(Sealed):
    """A bearer told a recipient beforehand, by word of mouth, why the written report can't come in time; append-only.

    5.1(8), A23: what it excuses is always computed; the plan sets no new limit, so a promised time is only shown.
    """

    withheld = ("receiver", "reason")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="explanations")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    promised_at = models.DateTimeField(null=True, blank=True)
    receiver = models.CharField(max_length=60, help_text="the official who was told")
    is_back_entry = models.BooleanField(default=False)
    # The same explanation in the incident this one was split from (A56).
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_explanation_has_reason"),
            models.CheckConstraint(
                condition=Q(lodged_at__lte=F("entered_at")), name="reporting_lodged_before_entered"
            ),
        ]
        indexes = [models.Index(fields=["incident", "bearer"], name="reporting_explanations_of")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.lodged_at:%H:%M}"

    @property
    def taken_back(self) -> "ExplanationRetraction | None":
        """The row that takes it back, None while it stands."""
        try:
            return self.retraction
        except ExplanationRetraction.DoesNotExist:
            return None

    def stands(self, as_of: datetime | None = None) -> bool:
        """Whether it has not been taken back, or not yet on record then."""
        gone = self.taken_back
        return gone is None or (as_of is not None and gone.entered_at > as_of)


class ExplanationRetraction(Sealed):
    """An oral explanation that was entered by mistake is taken back, with a reason; what it excused is excused no more."""

    withheld = ("reason",)

    explanation = models.OneToOneField(OralExplanation, models.PROTECT, related_name="retraction")
    reason = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_taken_back_with_reason")
        ]

    def __str__(self) -> str:
        return f"retraction of {self.explanation_id}"
