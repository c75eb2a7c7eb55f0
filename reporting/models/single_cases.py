"""Single foodborne cases beside the cluster reports (4.1(d))."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from incidents.models import PatientStated
from reporting.models.reports import IntakeRecord
from reporting.signalling.parameters import Syndrome


class SingleCaseQuerySet(models.QuerySet["SingleCase"]):
    """Picks single cases."""

    def standing(self) -> "SingleCaseQuerySet":
        """The cases as they stand: neither replaced by a newer revision nor withdrawn."""
        return self.filter(corrected_by__isnull=True, is_withdrawn=False)


class SingleCase(Sealed, PatientStated):
    """A single foodborne case that a hospital reports outside any cluster; a revision is a new row (4.1(d)).

    `traces` are what it was exposed to, as names that can be compared, `home` keyed hashes of its telephone and address.
    """

    withheld = ("local_id", "person", "masked_identity", "details", "traces")

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    revision = models.PositiveIntegerField(default=1)
    fingerprint = models.CharField(max_length=64)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    first_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    is_withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    seen_at = models.DateTimeField(help_text="when the patient came, else fell ill, else was reported")
    syndrome = models.CharField(max_length=8, choices=Syndrome)
    traces = ArrayField(models.CharField(max_length=140), default=list, blank=True)
    home = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    intake = models.ForeignKey(IntakeRecord, models.PROTECT, null=True, blank=True, related_name="+")
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    recorder = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    objects = SingleCaseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "local_id", "revision"], name="reporting_single_case_once"
            ),
            models.CheckConstraint(
                condition=Q(is_withdrawn=False) | Q(corrects__isnull=False) & ~Q(reason=""),
                name="reporting_single_withdrawn_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, first_id__isnull=True)
                | Q(corrects__isnull=False, first_id__isnull=False),
                name="reporting_single_revision_names_first",
            ),
        ]
        indexes = [
            GinIndex(fields=["traces"], name="reporting_single_traces"),
            models.Index(fields=["county", "syndrome", "seen_at"], name="reporting_single_stratum"),
            models.Index(fields=["seen_at"], name="reporting_single_seen"),
            models.Index(fields=["recorded_at"], name="reporting_single_recorded"),
        ]

    def __str__(self) -> str:
        return f"single case {self.pk}"

    @property
    def case_id(self) -> int:
        """The id of the case as first reported, whatever revisions followed."""
        return self.first_id or self.pk
