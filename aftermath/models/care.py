"""What is done for people and order, and their insurance (7.1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from aftermath.models.entries import CENTS, DIGITS, Entry
from audit.models import Sealed
from incidents.models import Incident
from plan.aftermath import InsuranceList, TaskKind


class TaskState(models.TextChoices):
    """How far a task has come."""

    OPEN = "open", _("办理中")
    DONE = "done", _("已办结")


class CareTask(Entry):
    """A settlement, a visit, a disposal or another task of 7.1; people are counted and not named."""

    slug = "task"
    withheld = ("summary", "reason")

    kind = models.CharField(max_length=12, choices=[(each.value, each.label_zh) for each in TaskKind])
    summary = models.TextField()
    people = models.PositiveIntegerField(null=True, blank=True)
    due_on = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=8, choices=TaskState, default=TaskState.OPEN)
    done_on = models.DateField(null=True, blank=True)
    document = models.CharField(max_length=120, blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="open", done_on__isnull=True) | Q(state="done", done_on__isnull=False),
                name="aftermath_done_on_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.pk}"


class ClaimState(models.TextChoices):
    """How an insurer answered."""

    OPEN = "open", _("已受理")
    PAID = "paid", _("已赔付")
    REFUSED = "refused", _("不予赔付")


class InsuranceClaim(Entry):
    """One case with an insurer, on one of the two lists; the insurer's case number stands for the people."""

    slug = "claim"
    withheld = ("case_number", "note", "reason")

    of_list = models.CharField(max_length=10, choices=[(each.value, each.label_zh) for each in InsuranceList])
    insurer = models.CharField(max_length=120)
    case_number = models.CharField(max_length=60)
    people = models.PositiveIntegerField()
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, null=True, blank=True)
    state = models.CharField(max_length=8, choices=ClaimState, default=ClaimState.OPEN)
    paid = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS, null=True, blank=True)
    note = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=Q(state="paid", paid__gt=0) | ~Q(state="paid") & Q(paid__isnull=True),
                name="aftermath_paid_claim_says_how_much",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.of_list} {self.pk}"


class InsuranceNotice(Sealed):
    """That the insurance regulator was told of an incident (7.1: 应在食品安全事故发生后组织、协调); append-only."""

    incident = models.OneToOneField(Incident, models.PROTECT, related_name="+")
    told = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    told_by = models.CharField(max_length=80)
    told_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.incident_id} {self.told_id}"
