"""What came through the public door, and what became of it."""

from django.db import models
from django.db.models import Q
from django_fsm import FSMField, transition

from accounts.models import Jurisdiction
from audit.models import Sealed
from incidents.models import Incident
from reporting.models.reports import Report
from reporting.public_choices import PublicOutcome, PublicState, ReporterKind


class PublicReport(models.Model):
    """A report that came by the public door, on its way through the county regulator's triage (5.1(1), (2), (4)).

    What was said is in its statements. `is_held`: one of a flood from one source, looked at last. `source` is a keyed hash of
    where it came from, kept for as long as floods are counted. `reached_at`: when the competent county's regulator got it (A18, A46).
    """

    receipt_digest = models.CharField(max_length=64, unique=True)
    source = models.CharField(max_length=64, blank=True)
    is_held = models.BooleanField(default=False)
    kind = models.CharField(max_length=12, choices=ReporterKind)
    # 举报: whoever sent it is known to the office that received it alone.
    is_tip_off = models.BooleanField(default=False)
    reporter = models.CharField(max_length=80, blank=True)
    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    filed_in = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    received_at = models.DateTimeField()
    reached_at = models.DateTimeField()
    state = FSMField(choices=PublicState, default=PublicState.RECEIVED, protected=True)
    taken_at = models.DateTimeField(null=True, blank=True)
    taken_by = models.CharField(max_length=80, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    outcome = models.CharField(max_length=16, choices=PublicOutcome, blank=True)
    reason = models.TextField(blank=True)
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_at__isnull=True, taken_by="") | Q(taken_at__isnull=False) & ~Q(taken_by=""),
                name="reporting_public_taken_pair",
            ),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="reporting_public_decided_pair",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["opened", "joined"], incident__isnull=False, report__isnull=False)
                | ~Q(state__in=["opened", "joined"]) & Q(incident__isnull=True, report__isnull=True),
                name="reporting_public_taken_up_has_incident",
            ),
            models.CheckConstraint(
                condition=Q(state="closed") & ~Q(outcome="") & ~Q(reason="")
                | ~Q(state="closed") & Q(outcome=""),
                name="reporting_public_closed_has_reason",
            ),
        ]
        indexes = [
            models.Index(
                fields=["county", "state", "is_held", "received_at"], name="reporting_public_triage"
            ),
            models.Index(
                fields=["source", "received_at"], condition=~Q(source=""), name="reporting_public_source"
            ),
        ]

    def __str__(self) -> str:
        return f"public {self.pk}"

    @property
    def chain(self) -> str:
        """The name of this report's chain in the evidence log."""
        return f"public:{self.pk}"

    @property
    def is_waiting(self) -> bool:
        """Whether the triage has not decided yet."""
        return self.state in {PublicState.RECEIVED, PublicState.IN_TRIAGE}

    @transition(field=state, source=PublicState.RECEIVED, target=PublicState.IN_TRIAGE)
    def take(self) -> None:
        """Somebody looks at it."""

    @transition(field=state, source=[PublicState.RECEIVED, PublicState.IN_TRIAGE], target=PublicState.OPENED)
    def open(self) -> None:
        """An incident was opened for it."""

    @transition(field=state, source=[PublicState.RECEIVED, PublicState.IN_TRIAGE], target=PublicState.JOINED)
    def join(self) -> None:
        """It goes with an incident that was there."""

    @transition(field=state, source=[PublicState.RECEIVED, PublicState.IN_TRIAGE], target=PublicState.CLOSED)
    def close(self) -> None:
        """It leads to no incident."""

    @transition(
        field=state,
        source=[PublicState.RECEIVED, PublicState.IN_TRIAGE, PublicState.CLOSED],
        target=PublicState.RECEIVED,
    )
    def ask_anew(self) -> None:
        """Its sender added something, or it was passed on to another county."""


class PublicStatement(Sealed):
    """What the sender of a public report said, at first or later; whatever may name a person is an envelope; append-only."""

    withheld = ("words", "contact")

    report = models.ForeignKey(PublicReport, models.PROTECT, related_name="statements")
    said_at = models.DateTimeField()
    occurred_earliest = models.DateTimeField(null=True, blank=True)
    occurred_latest = models.DateTimeField(null=True, blank=True)
    discovered_at = models.DateTimeField(null=True, blank=True)
    place_text = models.CharField(max_length=120, blank=True)
    illness_count = models.PositiveIntegerField(null=True, blank=True)
    suspect_food = models.CharField(max_length=120, blank=True)
    words = models.TextField(blank=True, help_text="an envelope in base64")
    contact = models.TextField(blank=True, help_text="an envelope in base64")

    class Meta:
        indexes = [models.Index(fields=["report", "said_at"], name="reporting_public_said")]

    def __str__(self) -> str:
        return f"statement {self.pk}"


class PublicPhoto(Sealed):
    """A photo of a public report, written anew by us and kept as an envelope in the folder for photos; append-only."""

    report = models.ForeignKey(PublicReport, models.PROTECT, related_name="photos")
    added_at = models.DateTimeField()
    name = models.CharField(max_length=32, unique=True)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class PublicPassing(Sealed):
    """A public report was passed on to the county it belongs to (A46); append-only."""

    report = models.ForeignKey(PublicReport, models.PROTECT, related_name="passings")
    from_county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    to_county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    reached_at = models.DateTimeField(help_text="when it had reached the county it was passed on from")
    passed_at = models.DateTimeField()
    passed_by = models.CharField(max_length=80)
    reason = models.CharField(max_length=300)

    def __str__(self) -> str:
        return f"{self.report_id} {self.from_county_id}>{self.to_county_id}"
