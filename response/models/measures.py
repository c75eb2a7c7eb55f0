"""What was done about an incident (6.3), open before activation and before there are groups (A60)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident, Stage
from plan.records import KINDS, RecordKind


class MeasureRecord(Sealed):
    """One measure taken, or a further step of one; append-only, a mistaken one is retracted by a row with its reason.

    `details` answers what the kind asks for (`plan.records`). It counts people and names places, bodies and papers, never
    a patient. `done_at` is when it was carried out, `recorded_at` when it was entered.
    """

    withheld = ("official", "note")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=24, help_text="a code of plan.records.KINDS")
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    details = models.JSONField(default=dict, blank=True)
    official = models.CharField(max_length=80, blank=True, help_text="the official who decided")
    note = models.TextField(blank=True)
    done_at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The browser form's token: a double click finds its first record.
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    retracts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="retracted_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(retracts__isnull=True, reason="") | Q(retracts__isnull=False) & ~Q(reason=""),
                name="response_retraction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(done_at__lte=F("recorded_at")), name="response_measure_done_before_recorded"
            ),
        ]
        indexes = [models.Index(fields=["incident", "kind"], name="response_measures_by_kind")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.pk}"

    @property
    def spec(self) -> RecordKind:
        """What this kind of record is (6.3)."""
        return KINDS[self.kind]


class TaskState(models.TextChoices):
    """How it stands with a measure or with a group's duty."""

    ONGOING = "ongoing", _("进行中")
    DONE = "done", _("已完成")
    NOT_APPLICABLE = "not_applicable", _("不适用")


class TaskEntry(Sealed):
    """How it stands with one item of the checklist (6.3: 根据事故性质、特点和危害程度); append-only, the latest holds.

    `code` is a measure's, or a group's duty as `group:duty`.
    """

    withheld = ("note",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="task_entries")
    code = models.CharField(max_length=40)
    state = models.CharField(max_length=16, choices=TaskState)
    document = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "task entries"
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="not_applicable") | ~Q(note=""), name="response_not_applicable_says_why"
            )
        ]
        indexes = [models.Index(fields=["incident", "code", "-id"], name="response_task_entries")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.code} {self.state}"


class DisputeKind(models.TextChoices):
    """What 6.3.6 asks the stability group to settle."""

    PETITION = "petition", _("信访接访")
    KEY_PERSON = "key_person", _("重点人员稳定工作")
    DISPUTE = "dispute", _("矛盾纠纷化解")
    LEGAL_SERVICE = "legal_service", _("法律服务")
    MASS_RISK = "mass_risk", _("防止群体性事件")


class DisputeState(models.TextChoices):
    """How far it has come."""

    OPEN = "open", _("办理中")
    SETTLED = "settled", _("已化解")


class DisputeEntry(Sealed):
    """One step of a petition or dispute (6.3.6); append-only, for the group's lead and the organ in charge alone.

    People are known by the number under which the organ in charge keeps them, never by name.
    """

    withheld = ("kind", "in_charge_id", "register_number", "people", "summary", "state")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="dispute_entries")
    kind = models.CharField(max_length=16, choices=DisputeKind)
    about = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    in_charge = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    register_number = models.CharField(max_length=60, blank=True)
    people = models.PositiveIntegerField(null=True, blank=True)
    summary = models.TextField()
    state = models.CharField(max_length=8, choices=DisputeState, default=DisputeState.OPEN)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "dispute entries"

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.pk}"


class StageRegulator(models.Model):
    """The city regulator of a stage of the food chain (3.4.2): the plan prints no table, so this one is kept (A36)."""

    stage = models.CharField(max_length=12, choices=Stage, unique=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    set_by = models.CharField(max_length=80)
    set_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.stage} {self.organisation_id}"
