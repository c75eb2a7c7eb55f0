"""The improvements 市食药安办 proposes after an incident, each followed until it is done (7.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident


class Improvement(Sealed):
    """One improvement proposed to one body; the day it is wanted by is the office's own, the plan sets none (A40)."""

    withheld = ("text",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="improvements")
    addressee = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    due_on = models.DateField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    proposed_by = models.CharField(max_length=80)
    proposed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="review_improvement_says_what")]
        indexes = [models.Index(fields=["addressee"], name="review_improvements_of")]

    def __str__(self) -> str:
        return f"{self.incident_id} improvement {self.pk}"


class ImprovementStage(models.TextChoices):
    """How an improvement goes on; 办结 and 撤回 end it."""

    PROGRESS = "progress", _("报告进展")
    CLAIMED = "claimed", _("报告完成")
    RETURNED = "returned", _("退回继续整改")
    DONE = "done", _("办结")
    WITHDRAWN = "withdrawn", _("撤回")
    CHASED = "chased", _("催办")


class ImprovementStep(Sealed):
    """What became of an improvement, step by step; the last one that is no reminder says how it stands."""

    withheld = ("text",)

    improvement = models.ForeignKey(Improvement, models.PROTECT, related_name="steps")
    stage = models.CharField(max_length=10, choices=ImprovementStage)
    text = models.TextField(blank=True)
    proof = models.CharField(max_length=120, blank=True, help_text="the paper that proves it")
    office = models.CharField(max_length=80, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="chased") | ~Q(text=""), name="review_improvement_step_says_what"
            ),
            models.CheckConstraint(
                condition=~Q(stage="claimed") | ~Q(proof=""), name="review_claimed_with_proof"
            ),
            # Reminded once.
            models.UniqueConstraint(
                fields=["improvement"], condition=Q(stage="chased"), name="review_chased_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.improvement_id} {self.stage}"
