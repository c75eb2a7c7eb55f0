"""Who must tell whom, by when: intake, reports, obligations and their stages, deliveries, open duties."""

import uuid
from datetime import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import HospitalKey, Jurisdiction, Organisation
from audit.models import ClockTimestamp, Sealed
from incidents.models import Fact, Incident, Place
from plan.reporting import LISTED_GROUNDS, LeapGround
from reporting.public_choices import PublicOutcome, PublicState, ReporterKind


class IntakeRecord(models.Model):
    """A raw body exactly as a hospital sent it, encrypted, kept even when refused; append-only."""

    received_at = models.DateTimeField(db_default=ClockTimestamp())
    key = models.ForeignKey(HospitalKey, models.PROTECT, related_name="+")
    body_sha256 = models.CharField(max_length=64)
    ciphertext = models.BinaryField()
    content_type = models.CharField(max_length=80, blank=True)

    class Meta:
        db_table = "reporting_intake"

    def __str__(self) -> str:
        return f"intake {self.pk}"


class ReportKind(models.TextChoices):
    """By which door a report came."""

    COUNTY = "county", _("监管部门初报")
    CLUSTER = "cluster", _("医疗机构聚集性病例报告")
    PUBLIC = "public", _("登记的公众报告")
    NOTICE = "notice", _("通报")


class ReportState(models.TextChoices):
    """Whether a report still stands."""

    ACCEPTED = "accepted", _("已受理")
    WITHDRAWN = "withdrawn", _("已撤回")


class Report(models.Model):
    """One accepted report; what it states is kept as facts that carry its `ref`."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=12, choices=ReportKind)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="reports")
    # The browser form's token: a double click finds its first report.
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    # The hospital's own reference and revision: a sender that lost its idempotency key is still recognised.
    reference = models.CharField(max_length=80, blank=True)
    revision = models.PositiveIntegerField(default=1)
    intake = models.ForeignKey(IntakeRecord, models.PROTECT, null=True, blank=True, related_name="+")
    received_at = models.DateTimeField()
    known_at = models.DateTimeField()
    occurred_earliest = models.DateTimeField(null=True, blank=True)
    occurred_latest = models.DateTimeField(null=True, blank=True)
    place = models.ForeignKey(Place, models.PROTECT, null=True, blank=True, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)
    note = models.TextField(blank=True)
    submitted_by = models.CharField(max_length=80)
    state = FSMField(choices=ReportState, default=ReportState.ACCEPTED, protected=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.CharField(max_length=80, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "revision"],
                condition=~Q(reference=""),
                name="reporting_natural_key",
            ),
            models.CheckConstraint(
                condition=Q(
                    state="accepted", withdrawn_at__isnull=True, withdrawn_by="", withdrawal_reason=""
                )
                | Q(state="withdrawn", withdrawn_at__isnull=False)
                & ~Q(withdrawn_by="")
                & ~Q(withdrawal_reason=""),
                name="reporting_withdrawn_pair",
            ),
        ]
        indexes = [models.Index(fields=["incident", "-received_at"], name="reporting_by_incident")]

    def __str__(self) -> str:
        return str(self.ref)

    @transition(field=state, source=ReportState.ACCEPTED, target=ReportState.WITHDRAWN)
    def withdraw(self) -> None:
        """The reporter takes back a mistaken report."""


class TrialReport(models.Model):
    """What a test key sent, tried out and undone: no report, no clock, no message, no number of anything came of it."""

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    reference = models.CharField(max_length=80)
    revision = models.PositiveIntegerField()
    fingerprint = models.CharField(max_length=64)
    # The first answer, as it was given.
    body = models.TextField()
    received_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawal_reason = models.CharField(max_length=300, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "reference", "revision"], name="reporting_test_natural_key"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawal_reason="")
                | Q(withdrawn_at__isnull=False) & ~Q(withdrawal_reason=""),
                name="reporting_test_withdrawn_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"test {self.ref}"


class ClusterClosing(Sealed):
    """The hospital says that it has no further cases of a cluster; a later revision says otherwise (5.1(3))."""

    # The revision that stood then.
    report = models.OneToOneField(Report, models.PROTECT, related_name="closing")
    closed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    closed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.report} {self.closed_at:%m-%d %H:%M}"


class IdempotencyRecord(models.Model):
    """The first answer to an `Idempotency-Key`; written in the transaction that accepts the report."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    key = models.CharField(max_length=255)
    fingerprint = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(default=0)
    body = models.TextField(blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "key"], name="reporting_idempotency_key")
        ]

    def __str__(self) -> str:
        return f"{self.organisation_id}:{self.key}"


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


class EventScope(models.TextChoices):
    """How far an important event reaches, in the plan's two words."""

    NATIONAL = "national", _("全国性")
    REGIONAL = "regional", _("区域性")


class ImportantEventQuerySet(models.QuerySet["ImportantEvent"]):
    """Picks entries of the calendar."""

    def standing(self) -> "ImportantEventQuerySet":
        """The entries as they stand: neither replaced by a newer version nor cancelled."""
        return self.filter(replaced_by__isnull=True, is_cancelled=False)


class ImportantEvent(Sealed):
    """An entry of the calendar of 重要活动 that 市食药安办 keeps (5.1(8), A22); a change is a new version that says why.

    counties: codes, none for the whole city; place_name narrows one county to a named place. A drill's entry reaches
    drills alone.
    """

    name = models.CharField(max_length=80)
    scope = models.CharField(max_length=10, choices=EventScope)
    counties = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    place_name = models.CharField(max_length=80, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    first_id = models.BigIntegerField(null=True, blank=True)
    is_cancelled = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    objects = ImportantEventQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(starts_at__lte=F("ends_at")), name="reporting_event_period"),
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, first_id__isnull=True, is_cancelled=False, reason="")
                | Q(replaces__isnull=False, first_id__isnull=False) & ~Q(reason=""),
                name="reporting_event_change_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def entry_id(self) -> int:
        """The id of the entry as first made, whatever versions followed."""
        return self.first_id or self.pk


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


class Delivery(Sealed):
    """A report reached a recipient: the stamp that decides is when it reached them (A18); append-only.

    `entered_at` is when it was recorded here; an entry after the fact is marked 补录 (A58).
    """

    withheld = ("receiver", "content")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="deliveries")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leg = models.CharField(max_length=10, choices=LegCode)
    channel = models.CharField(max_length=80, blank=True)
    received_at = models.DateTimeField()
    receiver = models.CharField(max_length=60, blank=True, help_text="the official who took it")
    content = models.TextField(blank=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="deliveries")
    is_back_entry = models.BooleanField(default=False)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    is_retraction = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    # The same receipt in the incident this one was split from (A56): one correction corrects both.
    inherited_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="inherited_by"
    )
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "deliveries"
        constraints = [
            models.CheckConstraint(
                condition=Q(corrects__isnull=True, is_retraction=False)
                | Q(corrects__isnull=False) & ~Q(reason=""),
                name="reporting_delivery_correction_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="reporting_received_before_entered"
            ),
        ]
        indexes = [
            models.Index(fields=["incident", "bearer", "recipient"], name="reporting_deliveries_of_leg")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.leg} {self.received_at:%H:%M}"

    @property
    def review(self) -> "ChannelReview | None":
        """What is asked of its channel, also of the receipt that this one is a copy of; None where it was declared."""
        origin = self.inherited_from or self
        try:
            return origin.channel_review
        except ChannelReview.DoesNotExist:
            return None


class DeclaredChannel(models.Model):
    """An emergency channel that a recipient of 5.1(8) declared, and for how long (A54)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="declared_channels")
    name = models.CharField(max_length=80)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True, blank=True)
    declared_by = models.CharField(max_length=80)
    declared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="reporting_channel_ends_no_earlier",
            ),
            models.UniqueConstraint(
                fields=["organisation", "name"],
                condition=Q(until_at__isnull=True),
                name="reporting_one_open_channel",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ChannelReview(models.Model):
    """A report came by a channel that its recipient had not declared: it counts, and somebody looks at it (A54)."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="channel_review")
    asked_at = models.DateTimeField()
    reviewed_at = models.DateTimeField(null=True, blank=True)
    reviewed_by = models.CharField(max_length=80, blank=True)
    office = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(reviewed_at__isnull=True, reviewed_by="", note="")
                | Q(reviewed_at__isnull=False) & ~Q(reviewed_by="") & ~Q(note=""),
                name="reporting_channel_reviewed_with_note",
            )
        ]

    def __str__(self) -> str:
        return f"review of {self.delivery_id}"


class CallAttempt(Sealed):
    """A call that nobody answered: evidence that one tried, and no report (A54); append-only."""

    withheld = ("note",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="call_attempts")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    attempted_at = models.DateTimeField()
    channel = models.CharField(max_length=80, blank=True)
    note = models.CharField(max_length=300, blank=True)
    is_back_entry = models.BooleanField(default=False)
    # The same attempt in the incident this one was split from (A56).
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(attempted_at__lte=F("entered_at")), name="reporting_attempted_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.attempted_at:%H:%M}"


class OralExplanation(Sealed):
    """A bearer told a recipient beforehand, by word of mouth, why the written report can't come in time; append-only.

    5.1(8), A23: what it excuses is always computed; the plan sets no new limit, so a promised time is only shown.
    """

    withheld = ("receiver", "reason")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="explanations")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    lodged_at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    promised_at = models.DateTimeField(null=True, blank=True)
    receiver = models.CharField(max_length=60, help_text="the official who was told")
    is_back_entry = models.BooleanField(default=False)
    # The same explanation in the incident this one was split from (A56).
    inherited_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_explanation_has_reason"),
            models.CheckConstraint(
                condition=Q(lodged_at__lte=F("entered_at")), name="reporting_lodged_before_entered"
            ),
        ]
        indexes = [models.Index(fields=["incident", "bearer"], name="reporting_explanations_of")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.lodged_at:%H:%M}"

    @property
    def taken_back(self) -> "ExplanationRetraction | None":
        """The row that takes it back, None while it stands."""
        try:
            return self.retraction
        except ExplanationRetraction.DoesNotExist:
            return None

    def stands(self, as_of: datetime | None = None) -> bool:
        """Whether it has not been taken back, or not yet on record then."""
        gone = self.taken_back
        return gone is None or (as_of is not None and gone.entered_at > as_of)


class ExplanationRetraction(Sealed):
    """An oral explanation that was entered by mistake is taken back, with a reason; what it excused is excused no more."""

    withheld = ("reason",)

    explanation = models.OneToOneField(OralExplanation, models.PROTECT, related_name="retraction")
    reason = models.CharField(max_length=300)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_taken_back_with_reason")
        ]

    def __str__(self) -> str:
        return f"retraction of {self.explanation_id}"


class CityUnitConcerned(models.Model):
    """A 市级有关单位 chosen for an incident: it bears its own clocks under 5.1(8) (A21)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="city_units")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    named_by = models.CharField(max_length=80)
    named_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "organisation"], name="reporting_unit_once")
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id}"


class LearnedHow(models.TextChoices):
    """How an office came to know (5.1(5), 5.1(6))."""

    LEARNED = "learned", _("获知")
    REPORT = "report", _("接到报告")
    TIP_OFF = "tip_off", _("接到举报")
    HEALTH_WORK = "health_work", _("调查处理传染病或者其他突发卫生事件中发现")
    OUTSIDE = "outside", _("接到外地主管部门通报")


class Learning(Sealed):
    """An office learnt of an incident, which obliges it to notify at once (5.1(5), 5.1(6)); append-only."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="learnings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    how = models.CharField(max_length=12, choices=LearnedHow)
    # The infectious disease or other health event it came from (5.1(5)).
    health_event = models.CharField(max_length=120, blank=True)
    # The authority outside Ningbo that notified.
    authority = models.CharField(max_length=80, blank=True)
    learned_at = models.DateTimeField()
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(learned_at__lte=F("entered_at")), name="reporting_learned_before_entered"
            ),
            models.CheckConstraint(
                condition=~Q(how="health_work") | ~Q(health_event=""), name="reporting_health_event_named"
            ),
            models.CheckConstraint(
                condition=~Q(how="outside") | ~Q(authority=""), name="reporting_authority_named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id} {self.how}"


class CheckOutcome(models.TextChoices):
    """What a preliminary check found (5.1(6))."""

    LIKELY = "likely", _("初步属实")
    UNLIKELY = "unlikely", _("初步不属实")
    UNCLEAR = "unclear", _("尚不能确定")


class PreliminaryCheck(Sealed):
    """An office's 初步核实: after the notice and never before it may go (5.1(6), A19); append-only."""

    withheld = ("content",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="checks")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    outcome = models.CharField(max_length=10, choices=CheckOutcome)
    content = models.TextField(blank=True)
    checked_at = models.DateTimeField()
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(checked_at__lte=F("entered_at")), name="reporting_checked_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.organisation_id} {self.outcome}"


class Leap(Sealed):
    """A report that skipped a level: accepted whatever its ground, which is on record (5.1(7), A25); append-only.

    withheld_reason: why the skipped level, which is complained of, gets no copy; such a row is for the city alone.
    """

    withheld = ("receiver",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="leaps")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=16, choices=[(each.value, each.label_zh) for each in LeapGround])
    reason = models.CharField(max_length=300, blank=True)
    level = models.CharField(max_length=8, help_text="the level that duties followed then")
    received_at = models.DateTimeField()
    channel = models.CharField(max_length=80, blank=True)
    receiver = models.CharField(max_length=60, blank=True)
    withheld_reason = models.CharField(max_length=300, blank=True)
    is_back_entry = models.BooleanField(default=False)
    entered_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received_at__lte=F("entered_at")), name="reporting_leapt_before_entered"
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.bearer_id}->{self.recipient_id} {self.ground}"

    @property
    def is_listed(self) -> bool:
        """Whether the plan names its ground; any other is reviewed (A25)."""
        return LeapGround(self.ground) in LISTED_GROUNDS


class LeapReview(Sealed):
    """What the city's office found of a leap on a ground the plan doesn't name (A25); append-only."""

    withheld = ("note",)

    leap = models.OneToOneField(Leap, models.PROTECT, related_name="review")
    note = models.CharField(max_length=300)
    reviewed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    reviewed_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(note=""), name="reporting_leap_review_says")]

    def __str__(self) -> str:
        return f"review of {self.leap_id}"


class OpenDuty(models.Model):
    """Something still owed that has no number of hours: a fact reported as unknown yet (5.2)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="open_duties")
    code = models.CharField(max_length=40)
    clause = models.CharField(max_length=12)
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "code", "bearer"], name="reporting_duty_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="")
                | Q(settled_at__isnull=False) & ~Q(settled_by=""),
                name="reporting_duty_settled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.code}"


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


class DocumentKind(models.TextChoices):
    """The written forms of a report under 5.1(8) and what goes on with it."""

    PHONE = "phone", _("电话记录")
    FIRST = "first", _("初报")
    FOLLOW_UP = "follow_up", _("续报")
    FINAL = "final", _("终报")


class Urgency(models.TextChoices):
    """The urgency mark of an official document (GB/T 9704)."""

    EXTRA = "extra", _("特急")
    URGENT = "urgent", _("加急")
    PLAIN = "plain", _("平件")


class DocumentState(models.TextChoices):
    """How far a document has come; what was sent and received is read from its dispatches."""

    DRAFT = "draft", _("起草")
    CHECKED = "checked", _("已核稿")
    SIGNED = "signed", _("已签发")


class Document(models.Model):
    """A report of a bearer being written: what people typed, until it is signed and frozen (5.1(8), 5.2).

    `text` and `unknown` hold by field what is said, and why it can't be. A phone record has one recipient and the receipt
    it is the record of. A change to a signed document is a new document that names it in `replaces`.
    """

    ref = models.UUIDField(unique=True, default=uuid.uuid4)
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="documents")
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=DocumentKind)
    serial = models.PositiveSmallIntegerField(default=1)
    version = models.PositiveSmallIntegerField(default=1)
    replaces = models.ForeignKey(
        "SignedDocument", models.PROTECT, null=True, blank=True, related_name="replacements"
    )
    recipient = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    urgency = models.CharField(max_length=8, choices=Urgency, default=Urgency.EXTRA)
    copies = models.CharField(max_length=200, blank=True)
    text = models.JSONField(default=dict)
    unknown = models.JSONField(default=dict)
    state = FSMField(choices=DocumentState, default=DocumentState.DRAFT, protected=True)
    drafted_by = models.CharField(max_length=80)
    drafted_at = models.DateTimeField()
    edited_by = models.CharField(max_length=80)
    edited_at = models.DateTimeField()
    checked_by = models.CharField(max_length=80, blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "bearer", "kind", "serial", "version"], name="reporting_document_once"
            ),
            models.CheckConstraint(
                condition=Q(checked_by="", checked_at__isnull=True)
                | ~Q(checked_by="") & Q(checked_at__isnull=False),
                name="reporting_document_checked_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | ~Q(checked_by=""), name="reporting_checked_document_says_who"
            ),
            models.CheckConstraint(
                condition=Q(kind="phone", recipient__isnull=False, delivery__isnull=False)
                | ~Q(kind="phone") & Q(recipient__isnull=True, delivery__isnull=True),
                name="reporting_phone_record_is_of_a_call",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.serial}.{self.version}"

    @transition(field=state, source=[DocumentState.DRAFT, DocumentState.CHECKED], target=DocumentState.DRAFT)
    def edit(self) -> None:
        """The text changed: what was checked before is to be checked anew."""

    @transition(field=state, source=DocumentState.DRAFT, target=DocumentState.CHECKED)
    def check_text(self) -> None:
        """A second person has read it (核稿)."""

    @transition(field=state, source=[DocumentState.DRAFT, DocumentState.CHECKED], target=DocumentState.SIGNED)
    def sign(self) -> None:
        """It was signed and is frozen."""


class SignedDocument(Sealed):
    """A signed report, frozen with the facts it was made from; append-only (5.1(8)).

    `content` is all that is printed, `sha256` the hash of its canonical JSON, printed on every page. `alone_reason` is
    why the person who wrote it signed it too.
    """

    document = models.OneToOneField(Document, models.PROTECT, related_name="signed")
    incident = models.ForeignKey(Incident, models.PROTECT, related_name="signed_documents")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    content = models.JSONField()
    sha256 = models.CharField(max_length=64, db_index=True)
    fact_ids = ArrayField(models.BigIntegerField())
    alone_reason = models.CharField(max_length=300, blank=True)
    signed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.document_id} {self.sha256[:12]}"


class FileFormat(models.TextChoices):
    """The forms in which a signed document leaves the house."""

    PDF = "pdf", "PDF"
    DOCX = "docx", "DOCX"


class DocumentFile(Sealed):
    """A signed document as a file, byte for byte as it was signed; append-only."""

    signed = models.ForeignKey(SignedDocument, models.PROTECT, related_name="files")
    file_format = models.CharField(max_length=4, choices=FileFormat)
    sha256 = models.CharField(max_length=64)
    content = models.BinaryField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["signed", "file_format"], name="reporting_one_file_per_format")
        ]

    def __str__(self) -> str:
        return f"{self.signed_id}.{self.file_format}"


class Countersignature(Sealed):
    """A second person's later signature under a report that was signed alone; append-only."""

    signed = models.OneToOneField(SignedDocument, models.PROTECT, related_name="countersignature")
    signed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.signed_id} {self.signed_by}"


class SendChannel(models.TextChoices):
    """How a signed report goes to its recipient."""

    SYSTEM = "system", _("本系统")
    EXCHANGE = "exchange", _("公文交换")
    FAX = "fax", _("传真")
    PAPER = "paper", _("专人送达")
    OTHER = "other", _("其他方式")


class DocumentDispatch(Sealed):
    """A signed report was sent to one recipient; append-only.

    What goes through this system has reached its recipient with the sending, so it names that receipt (A18).
    """

    signed = models.ForeignKey(SignedDocument, models.PROTECT, related_name="dispatches")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=SendChannel)
    delivery = models.ForeignKey(Delivery, models.PROTECT, null=True, blank=True, related_name="+")
    sent_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    sent_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "document dispatches"
        constraints = [
            models.UniqueConstraint(fields=["signed", "recipient", "channel"], name="reporting_sent_once")
        ]

    def __str__(self) -> str:
        return f"{self.signed_id}->{self.recipient_id}"


class DocumentReceipt(Sealed):
    """The recipient has it: confirmed by itself, or by phone to the sender; append-only (A18)."""

    withheld = ("receiver",)

    dispatch = models.OneToOneField(DocumentDispatch, models.PROTECT, related_name="receipt")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    receiver = models.CharField(max_length=60)
    confirmed_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    confirmed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.dispatch_id} {self.confirmed_at:%H:%M}"


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
