"""The reporting clocks of 5.1: who owes what to whom by when, and what fired."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Fact, Incident
from reporting.models.events import ImportantEvent


class Ground(models.TextChoices):
    """Why an obligation exists."""

    FIRST_LIMB = "first_limb", _("较大以上食品安全事故")
    SECOND_LIMB = "second_limb", _("重要活动期间")
    CLUSTER = "cluster", _("聚集性病例")
    OPERATOR = "operator", _("生产经营者发现危害")
    UNIT = "unit", _("单位发生急性群体性健康损害")
    TIP_OFF = "tip_off", _("技术机构、社会团体、个人举报")
    TOLD = "told", _("技术机构、社会团体、个人报告")
    HEALTH = "health", _("卫生健康部门发现与食品安全相关的信息")
    LEARNED = "learned", _("有关部门获知食品安全事故")
    ELSEWHERE = "elsewhere", _("收到应报其他部门的报告")
    LEVELS = "levels", _("逐级报告")
    LEAP = "leap", _("越级报告")


class LegCode(models.TextChoices):
    """How the report must travel."""

    PHONE = "phone", _("电话或紧急信息渠道")
    WRITTEN = "written", _("书面")
    SYSTEM = "system", _("系统送达")
    REPORT = "report", _("报告")
    NOTIFY = "notify", _("通报")
    FOLLOW_UP = "follow_up", _("后续情况通报")
    ONWARD = "onward", _("逐级报告")
    PASS_ON = "pass_on", _("转送")
    COPY = "copy", _("抄送")


class ObligationState(models.TextChoices):
    """Whether the obligation stands; whether it is met is always computed from the deliveries."""

    ARMED = "armed", _("有效")
    SUPERSEDED = "superseded", _("已被新版本取代")
    ENDED = "ended", _("不再需要")


class StageCode(models.TextChoices):
    """The stages of a clock, in order."""

    REMINDER = "reminder", _("提醒")
    TARGET_MISSED = "target_missed", _("力争时限已过")
    LIMIT_PASSED = "limit_passed", _("法定时限已过")


class Obligation(models.Model):
    """One leg: a bearer owes a recipient a report by a target and a limit (5.1; A16–A24, A48–A58).

    Urgency runs from the earliest 事发, breach from the latest (A48). `target_at` and `limit_at` are inclusive (A18) and
    empty where the plan names no number (A19). `next_due_at` is empty once nothing is left to fire.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="obligations")
    clause = models.CharField(max_length=12)
    ground = models.CharField(max_length=12, choices=Ground)
    leg = models.CharField(max_length=10, choices=LegCode)
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="owed_by")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="owed_to")
    version = models.PositiveSmallIntegerField(default=1)
    state = FSMField(choices=ObligationState, default=ObligationState.ARMED, protected=True)
    crossing = models.ForeignKey(Fact, models.PROTECT, null=True, blank=True, related_name="+")
    # The version of the calendar's entry that it runs under (second limb, A22).
    event = models.ForeignKey(ImportantEvent, models.PROTECT, null=True, blank=True, related_name="+")
    anchor_earliest = models.DateTimeField()
    anchor_latest = models.DateTimeField()
    known_at = models.DateTimeField()
    urgent_target_at = models.DateTimeField(null=True, blank=True)
    urgent_limit_at = models.DateTimeField(null=True, blank=True)
    target_at = models.DateTimeField(null=True, blank=True)
    limit_at = models.DateTimeField(null=True, blank=True)
    armed_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True, help_text="when it was superseded or ended")
    closed_reason = models.CharField(max_length=300, blank=True)
    next_stage = models.CharField(max_length=16, choices=StageCode, blank=True)
    next_due_at = models.DateTimeField(null=True, blank=True)
    retry_count = models.PositiveSmallIntegerField(default=0)
    # The clock of the whole that this one goes on with after a split (A56).
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "clause", "ground", "leg", "bearer", "recipient", "version"],
                name="reporting_one_leg_per_version",
            ),
            models.UniqueConstraint(
                fields=["incident", "clause", "ground", "leg", "bearer", "recipient"],
                condition=Q(state="armed"),
                name="reporting_one_armed_leg",
            ),
            models.CheckConstraint(
                condition=Q(next_stage="", next_due_at__isnull=True)
                | ~Q(next_stage="") & Q(next_due_at__isnull=False),
                name="reporting_next_stage_pair",
            ),
            models.CheckConstraint(
                condition=Q(state="armed", closed_at__isnull=True, closed_reason="")
                | ~Q(state="armed")
                & Q(closed_at__isnull=False, next_due_at__isnull=True)
                & ~Q(closed_reason=""),
                name="reporting_closed_obligation_fires_nothing",
            ),
            models.CheckConstraint(
                condition=Q(anchor_earliest__lte=F("anchor_latest")), name="reporting_anchor_interval"
            ),
            models.CheckConstraint(
                condition=Q(ground="second_limb", event__isnull=False)
                | ~Q(ground="second_limb") & Q(event__isnull=True),
                name="reporting_second_limb_has_event",
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_due_at"], condition=Q(next_due_at__isnull=False), name="reporting_due"
            ),
            models.Index(fields=["incident", "state"], name="reporting_obl_by_incident"),
            models.Index(fields=["anchor_latest"], name="reporting_obl_by_start"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.clause} {self.leg} {self.bearer_id}->{self.recipient_id} v{self.version}"

    def close(self, *, reason: str, at: datetime) -> None:
        """Say why and when it was superseded or ended; nothing of it fires any more."""
        self.closed_at, self.closed_reason = at, reason
        self.next_stage, self.next_due_at = "", None

    @transition(field=state, source=ObligationState.ARMED, target=ObligationState.SUPERSEDED)
    def supersede(self) -> None:
        """A corrected start fact made a new version."""

    @transition(field=state, source=ObligationState.ARMED, target=ObligationState.ENDED)
    def end(self) -> None:
        """A signed finding ended it: no longer owed (A57)."""


class StageEvent(Sealed):
    """A stage fired, once: when due, when fired, by whom, and what was on record then; append-only."""

    obligation = models.ForeignKey(Obligation, models.PROTECT, related_name="stages")
    stage = models.CharField(max_length=16, choices=StageCode)
    due_at = models.DateTimeField()
    fired_at = models.DateTimeField()
    source = models.CharField(max_length=60)
    on_record = models.JSONField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["obligation", "stage"], name="reporting_stage_fires_once")
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id} {self.stage}"


class HouseTarget(Sealed):
    """Minutes that the house sets itself where the plan says 立即, 及时 or nothing of time (A19): never the plan's.

    The newest row of a duty holds; without minutes the target is off, as it is before the first row.
    """

    duty = models.CharField(max_length=12)
    minutes = models.PositiveIntegerField(null=True, blank=True)
    set_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(minutes__isnull=True) | Q(minutes__gt=0), name="reporting_house_target_positive"
            )
        ]

    def __str__(self) -> str:
        return f"{self.duty} {self.minutes}"
