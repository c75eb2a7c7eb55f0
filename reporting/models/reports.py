"""Reports as they came in: the raw intake, what was accepted of it, and repeats."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import HospitalKey, Organisation
from audit.models import ClockTimestamp, Sealed
from incidents.models import Incident, Place


class IntakeRecord(Sealed):
    """What a hospital sent, byte for byte, encrypted, a body kept even when refused; append-only (5.1).

    A system sends it under its `key`; a workbook is sent by somebody signed in, `sent_by` from `office`.
    """

    hashed_before = ("intake", "body_sha256")

    received_at = models.DateTimeField(db_default=ClockTimestamp())
    key = models.ForeignKey(HospitalKey, models.PROTECT, null=True, blank=True, related_name="+")
    office = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField(max_length=80, blank=True)
    body_sha256 = models.CharField(max_length=64)
    ciphertext = models.BinaryField()
    content_type = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "reporting_intake"
        constraints = [
            models.CheckConstraint(
                condition=Q(key__isnull=False, office__isnull=True, sent_by="")
                | Q(key__isnull=True, office__isnull=False) & ~Q(sent_by=""),
                name="reporting_intake_by_key_or_person",
            )
        ]

    def __str__(self) -> str:
        return f"intake {self.pk}"

    @property
    def sender(self) -> Organisation:
        """The hospital that sent it."""
        sender = self.key.organisation if self.key else self.office
        if sender is None:
            raise LookupError("a message has a sender")
        return sender


class ReportKind(models.TextChoices):
    """By which door a report came."""

    COUNTY = "county", _("监管部门初报")
    CLUSTER = "cluster", _("医疗机构聚集性病例报告")
    PUBLIC = "public", _("登记的公众报告")
    NOTICE = "notice", _("通报")
    SIGNAL = "signal", _("单个病例聚集信号")


class ReportState(models.TextChoices):
    """Whether a report still stands."""

    ACCEPTED = "accepted", _("已受理")
    WITHDRAWN = "withdrawn", _("已撤回")


class Report(models.Model):
    """One accepted report; what it states is kept as facts that carry its `ref`."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=ReportKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    # The browser form's token: a double click finds its first report.
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    # The hospital's own reference and revision: a sender that lost its idempotency key is still recognised.
    reference = models.CharField(max_length=80, blank=True)
    revision = models.PositiveIntegerField(default=1)
    intake = models.ForeignKey(IntakeRecord, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    known_at = models.DateTimeField()
    occurred_earliest = models.DateTimeField(null=True, blank=True)
    occurred_latest = models.DateTimeField(null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    submitted_by = models.CharField(max_length=80)
    state = FSMField(choices=ReportState, default=ReportState.ACCEPTED, protected=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "revision"],
                condition=~Q(reference=""),
                name="reporting_natural_key",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="accepted", withdrawn_at__isnull=True, withdrawn_by="", withdrawal_reason=""
                )
                | Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~Q(withdrawn_by="")
                & ~Q(withdrawal_reason=""),
                name="reporting_withdrawn_pair",
            ),
        ]
        indexes = [models.Index(fields=["incident", "-received_at"], name="reporting_by_incident")]

    def __str__(self) -> str:
        return str(self.ref)

    @transition(field=state, source=ReportState.ACCEPTED, target=ReportState.WITHDRAWN)
    def withdraw(self) -> None:
        """The reporter takes back a mistaken report."""


class TrialReport(models.Model):
    """What a test key sent, tried out and undone: no report, no clock, no message, no number of anything came of it."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80)
    revision = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    # The first answer, as it was given.
    body = models.TextField()
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "revision"], name="reporting_test_natural_key"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="reporting_test_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"test {self.ref}"


class ClusterClosing(Sealed):
    """The hospital says that it has no further cases of a cluster; a later revision says otherwise (5.1(3))."""

    # The revision that stood then.
    report = models.OneToOneField(Report, models.PROTECT, related_name="closing")
    closed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report} {self.closed_at:%m-%d %H:%M}"


class IdempotencyRecord(models.Model):
    """The first answer to an `Idempotency-Key`; written in the transaction that accepts the report."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="reporting_idempotency_key")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.key}"
