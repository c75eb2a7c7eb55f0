"""What a named person decided on a suspicion (7.3): a file opened, or the suspicion dismissed."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Fact, Incident
from plan.accountability import AccountabilityGround
from reporting.models import Obligation


class AccountabilityDecision(models.TextChoices):
    """What became of a suspicion."""

    OPENED = "opened", _("立案")
    DISMISSED = "dismissed", _("不立案")


class AccountabilityEntry(Sealed):
    """A decision on a suspicion, with the record it rests on as it was then; append-only, for the office in charge alone.

    A prompt of the machine names its clock or its fact, and is decided once; a file opened by hand names neither.
    """

    withheld = (
        "decision",
        "ground",
        "accused_id",
        "obligation_id",
        "fact_id",
        "clauses",
        "frozen",
        "reason",
    )

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="accountability")
    decision = models.CharField(max_length=10, choices=AccountabilityDecision)
    ground = models.CharField(
        max_length=16, choices=[(each.value, each.label_zh) for each in AccountabilityGround], blank=True
    )
    accused = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    obligation = models.OneToOneField(Obligation, models.PROTECT, null=True, blank=True, related_name="+")
    fact = models.OneToOneField(Fact, models.PROTECT, null=True, blank=True, related_name="+")
    clauses = ArrayField(models.CharField(max_length=12))
    frozen = models.JSONField(default=dict, blank=True, help_text="the record as it was, by ids and instants")
    reason = models.CharField(max_length=500)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "accountability entries"
        constraints = [
            models.CheckConstraint(
                condition=Q(decision="opened") & ~Q(ground="") | Q(decision="dismissed", ground=""),
                name="response_file_has_ground",
            ),
            models.CheckConstraint(
                condition=Q(obligation__isnull=True) | Q(fact__isnull=True), name="response_one_subject"
            ),
            models.CheckConstraint(
                condition=Q(decision="opened") | Q(obligation__isnull=False) | Q(fact__isnull=False),
                name="response_only_a_prompt_is_dismissed",
            ),
            models.CheckConstraint(condition=~Q(reason=""), name="response_accountability_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} accountability {self.pk}"
