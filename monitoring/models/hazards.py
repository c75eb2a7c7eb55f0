"""Hazards that were found, and what was done about each (4.1(f))."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from incidents.models import Stage
from monitoring.models.observations import STREAMS, Observation
from reporting.models import Signal


class Hazard(Sealed):
    """A hazard or problem that a regulator found (4.1(f)); its two duties are open until acts say otherwise (A19)."""

    withheld = ("note", "place_text")

    title = models.CharField(max_length=120)
    stream = models.CharField(max_length=16, choices=STREAMS)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)
    food = models.CharField(max_length=120, blank=True)
    note = models.CharField(max_length=500, blank=True)
    found_at = models.DateTimeField()
    observation = models.ForeignKey(
        Observation, models.PROTECT, null=True, blank=True, related_name="hazards"
    )
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"hazard {self.pk}"

    @property
    def chain(self) -> str:
        """The name of this hazard's chain in the evidence log."""
        return f"hazard:{self.pk}"


class HazardActKind(models.TextChoices):
    """What was done about a hazard."""

    CONTROL = "control", _("采取控制措施")
    TELL = "tell", _("通报")
    WITHDRAW = "withdraw", _("撤回认定")


class HazardAct(Sealed):
    """One act about a hazard, with its own time (4.1(f)); a notice names whom it went to."""

    withheld = ("words",)

    hazard = models.ForeignKey(Hazard, models.PROTECT, related_name="acts")
    kind = models.CharField(max_length=10, choices=HazardActKind)
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    words = models.CharField(max_length=500)
    done_at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="tell", recipient__isnull=False)
                | ~Q(kind="tell") & Q(recipient__isnull=True),
                name="monitoring_notice_has_recipient",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="monitoring_act_has_words"),
        ]

    def __str__(self) -> str:
        return f"{self.hazard_id} {self.kind}"
