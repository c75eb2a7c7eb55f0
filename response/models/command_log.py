"""The command log, what its addressees do, and the cards of the member units (3.1, 3.2)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from response.models.activation import Response


class CommandKind(models.TextChoices):
    """What stands in the command log (3.1, 3.2, 6.2); what each kind asks for is data of the plan (`plan.command_log`)."""

    ORDER = "order", _("指令")
    DECISION = "decision", _("重大事项决策")
    INSTRUCTION = "instruction", _("上级指示")
    SUPERVISION = "supervision", _("督办")
    ISSUE = "issue", _("具体问题")
    CIRCULAR = "circular", _("情况通报")
    PROGRESS = "progress", _("工作进展报告")
    UPWARD = "upward", _("应急救援情况报告")
    MINUTES = "minutes", _("会议纪要")
    DOCUMENT = "document", _("公文登记")
    HANDOVER = "handover", _("处置移交")


class CommandEntry(Sealed):
    """One entry of the command log; append-only, what its addressees did stands with them.

    `details` answer what its kind asks for; `number` is that of a document.
    """

    withheld = ("text", "details")
    added_later = ("number", "details")

    response = models.ForeignKey(Response, models.PROTECT, related_name="commands")
    kind = models.CharField(max_length=12, choices=CommandKind)
    origin = models.CharField(max_length=60, blank=True, help_text="上级指示的来源")
    title = models.CharField(max_length=120)
    text = models.TextField()
    number = models.CharField(max_length=60, blank=True)
    details = models.JSONField(default=dict, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The browser form's token: a double click finds its first entry.
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    issued_by = models.CharField(max_length=80)
    issued_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "command entries"

    def __str__(self) -> str:
        return f"{self.response_id} {self.kind}"


class CommandAddressee(models.Model):
    """Who must know of an entry or act on it, and whether they have; overdue is computed.

    `is_copy`: the regulator that coordinates a technical body, told of its task (3.3). `receiver`: who took it in a body
    that has no account here. `closed_*`: the issuer found what was done to be enough (3.2).
    """

    entry = models.ForeignKey(CommandEntry, models.PROTECT, related_name="addressees")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    must_act = models.BooleanField()
    is_copy = models.BooleanField(default=False)
    receiver = models.CharField(max_length=60, blank=True)
    received_by = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField(null=True, blank=True)
    executed_by = models.CharField(max_length=80, blank=True)
    executed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.TextField(blank=True)
    chased_by = models.CharField(max_length=80, blank=True)
    chased_at = models.DateTimeField(null=True, blank=True)
    closed_by = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entry", "organisation"], name="response_addressee_once"),
            models.CheckConstraint(
                condition=Q(received_at__isnull=True, received_by="")
                | Q(received_at__isnull=False) & ~Q(received_by=""),
                name="response_received_pair",
            ),
            models.CheckConstraint(
                condition=Q(executed_at__isnull=True, executed_by="")
                | Q(executed_at__isnull=False) & ~Q(executed_by="") & ~Q(outcome=""),
                name="response_executed_pair",
            ),
            models.CheckConstraint(
                condition=Q(chased_at__isnull=True, chased_by="")
                | Q(chased_at__isnull=False) & ~Q(chased_by=""),
                name="response_chased_pair",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True, closed_by="")
                | Q(closed_at__isnull=False, executed_at__isnull=False) & ~Q(closed_by=""),
                name="response_closed_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.organisation_id}"

    @property
    def is_behind(self) -> bool:
        """Whether a receipt or a report of what was done is still to come."""
        return self.received_at is None or (self.must_act and self.executed_at is None)


class UnitCard(models.Model):
    """What a member unit does in an incident, and where it is reached round the clock (3.1): the plan prints neither."""

    organisation = models.OneToOneField(Organisation, models.PROTECT, related_name="card")
    duties = models.TextField(blank=True)
    contact = models.CharField(max_length=60, blank=True, help_text="岗位")
    phone = models.CharField(max_length=40, blank=True)
    kept_by = models.CharField(max_length=80)
    kept_at = models.DateTimeField()

    def __str__(self) -> str:
        return str(self.organisation_id)
