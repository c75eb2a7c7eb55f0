"""The papers of 7.2: begun, revised, signed, sent, received; every row append-only."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import LEVELS, Incident
from plan.papers import PaperKind
from reporting.models import KeptFile, SendChannel

KINDS = [(kind.value, kind.label_zh) for kind in PaperKind]


class Paper(Sealed):
    """One version of a paper that a body writes on an incident; what replaces a signed one names it (7.2, A40)."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="papers")
    kind = models.CharField(max_length=16, choices=KINDS)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.OneToOneField(
        "SignedPaper", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    drafted_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    drafted_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "kind", "body", "version"], name="review_paper_once"),
            models.CheckConstraint(
                condition=Q(version=1, replaces__isnull=True) | Q(version__gt=1, replaces__isnull=False),
                name="review_later_version_replaces",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.version}"


class PaperRevision(Sealed):
    """What people wrote of a paper, by part, as it was saved; the last one holds. A part not in it follows the record."""

    withheld = ("text",)

    paper = models.ForeignKey(Paper, models.PROTECT, related_name="revisions")
    number = models.PositiveIntegerField()
    text = models.JSONField(default=dict)
    edited_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    edited_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["paper", "number"], name="review_revision_once")]

    def __str__(self) -> str:
        return f"{self.paper_id} r{self.number}"


class SignedPaper(Sealed):
    """A signed paper, frozen with where each drafted sentence came from; `content` is all that is printed."""

    withheld = ("content",)

    paper = models.OneToOneField(Paper, models.PROTECT, related_name="signed")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="signed_papers")
    level = models.CharField(max_length=8, choices=LEVELS)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    signed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.paper_id} {self.sha256[:12]}"


class PaperFile(KeptFile):
    """A signed paper as a file."""

    signed = models.ForeignKey(SignedPaper, models.PROTECT, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signed", "file_format"], name="review_one_file_per_format")
        ]

    def __str__(self) -> str:
        return f"{self.signed_id}.{self.file_format}"


class PaperDispatch(Sealed):
    """A signed paper went to one body: reported as 7.2 says (`is_reported`), or circulated."""

    signed = models.ForeignKey(SignedPaper, models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_reported = models.BooleanField()
    channel = models.CharField(max_length=8, choices=SendChannel)
    sent_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "paper dispatches"
        constraints = [models.UniqueConstraint(fields=["signed", "recipient"], name="review_paper_sent_once")]

    def __str__(self) -> str:
        return f"{self.signed_id}->{self.recipient_id}"


class PaperReceipt(Sealed):
    """The recipient has the paper: confirmed by itself, or by phone to the sender."""

    withheld = ("receiver",)

    dispatch = models.OneToOneField(PaperDispatch, models.PROTECT, related_name="receipt")
    receiver = models.CharField(max_length=60)
    received_at = models.DateTimeField()
    confirmed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__lte=F("confirmed_at")), name="review_received_before_confirmed"
            )
        ]

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.received_at:%m-%d}"


class InvestigationTeam(Sealed):
    """The team that investigates and evaluates, by the level of the incident (7.2); a later row replaces it.

    `members` holds unit, name and capacity of each under that name; `units` are the units alone.
    """

    withheld = ("leader", "members", "reason")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="investigation_teams")
    level = models.CharField(max_length=8, choices=LEVELS)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leader = models.CharField(max_length=40)
    units = ArrayField(models.CharField(max_length=80))
    members = models.JSONField()
    document = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    formed_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(formed_at__lte=F("recorded_at")), name="review_formed_before_recorded"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} team {self.pk}"
