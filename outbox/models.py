"""Messages owed to people and machines, and the heartbeats of the processes that must not die unseen."""

import uuid
from typing import Final

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from audit.models import ClockTimestamp, Sealed
from audit.worlds import place_here


class Channel(models.TextChoices):
    """How a message travels."""

    INAPP = "inapp", _("站内消息")
    EMAIL = "email", _("电子邮件")
    SMS = "sms", _("短信")
    DINGTALK = "dingtalk", _("钉钉群机器人")
    WECOM = "wecom", _("企业微信群机器人")
    WEBHOOK = "webhook", _("单位系统接口")


OUTSIDE: Final = tuple(channel for channel in Channel if channel != Channel.INAPP)


class Rank(models.TextChoices):
    """In whose turn somebody is told; the order is a setting of the house, not of the plan."""

    OFFICE = "office", _("单位公用")
    ON_DUTY = "on_duty", _("值班员")
    EVERYONE = "everyone", _("无人排班，通知全体任职人员")
    STAND_IN = "stand_in", _("备班")
    LEADER = "leader", _("管理员")


class MessageState(models.TextChoices):
    """How far a message has come, as far as its channel can tell."""

    QUEUED = "queued", _("待发")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    READ = "read", _("已读")
    ACKNOWLEDGED = "acknowledged", _("已确认")
    FAILED = "failed", _("发送失败")


class Contact(models.Model):
    """An address outside the house at which an office or one of its people is told; encrypted, never shown again.

    `organisation` is a code and `person` a `user:12`, nothing for the office's own: accounts stand above the outbox.
    """

    ref = models.UUIDField(default=uuid.uuid4, unique=True)
    organisation = models.CharField(max_length=80)
    person = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=16, choices=[(each.value, each.label) for each in OUTSIDE])
    envelope = models.BinaryField()
    hint = models.CharField(max_length=60, help_text="as much of the address as may be shown")
    for_alarms = models.BooleanField(default=True)
    for_notices = models.BooleanField(default=False)
    added_at = models.DateTimeField()
    code_digest = models.CharField(max_length=64, blank=True)
    code_sent_at = models.DateTimeField(null=True, blank=True)
    code_tries = models.PositiveSmallIntegerField(default=0)
    verified_at = models.DateTimeField(null=True, blank=True)
    removed_at = models.DateTimeField(null=True, blank=True)
    # Not before: one message at a time, a rest after a failure, a robot's own limit.
    free_at = models.DateTimeField(db_default=ClockTimestamp())
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["organisation"], condition=Q(removed_at__isnull=True), name="outbox_contacts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.hint}"


class Message(models.Model):
    """One message to one recipient by one channel; the recipient is an organisation's code.

    Text holds number, level, place and time limit; never a patient (预案外：个人信息保护). A message by a channel outside
    is a copy, `about` names the one in the inbox; `rungs` says who is told next while nobody acknowledges, frozen when
    it was owed.
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=16, choices=Channel)
    recipient = models.CharField(max_length=80, db_index=True)
    contact = models.ForeignKey(Contact, models.PROTECT, null=True, blank=True, related_name="messages")
    rank = models.CharField(max_length=10, choices=Rank, blank=True)
    about = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=60)
    is_alarm = models.BooleanField(default=False)
    # The rows an acknowledgement must lead on to, e.g. `obligation:12,13`.
    subject = models.CharField(max_length=200, blank=True)
    chain = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    drill = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # How often it may have arrived already without anybody here knowing.
    repeats = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=300, blank=True)
    rungs = models.JSONField(default=list, blank=True)
    climbs_at = models.DateTimeField(null=True, blank=True)
    asks_again_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["next_try_at"], condition=Q(state="queued"), name="outbox_due"),
            models.Index(fields=["recipient", "-created_at"], name="outbox_inbox"),
            # Monitors ask how many were given up.
            models.Index(fields=["state"], condition=Q(state="failed"), name="outbox_failed"),
            # Every page says how many are unread.
            models.Index(
                fields=["recipient"], condition=Q(read_at__isnull=True, channel="inapp"), name="outbox_unread"
            ),
            models.Index(
                fields=["contact", "next_try_at"], condition=Q(state="queued"), name="outbox_by_contact"
            ),
            models.Index(fields=["about"], condition=~Q(about=""), name="outbox_copies"),
            models.Index(fields=["climbs_at"], condition=Q(climbs_at__isnull=False), name="outbox_climbs"),
            models.Index(
                fields=["asks_again_at"], condition=Q(asks_again_at__isnull=False), name="outbox_asks_again"
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(read_at__isnull=True, read_by="") | Q(read_at__isnull=False) & ~Q(read_by=""),
                name="outbox_read_pair",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by=""),
                name="outbox_acknowledged_pair",
            ),
            models.CheckConstraint(
                condition=Q(channel="inapp", contact__isnull=True, about="")
                | ~Q(channel="inapp") & Q(contact__isnull=False),
                name="outbox_outside_has_a_contact",
            ),
            models.CheckConstraint(
                condition=Q(climbs_at__isnull=True) | Q(acknowledged_at__isnull=True),
                name="outbox_acknowledged_climbs_no_more",
            ),
        ]

    def __str__(self) -> str:
        return self.dedupe_key

    @property
    def address(self) -> str:
        """Where what it speaks of is to be seen, in the world it is read in."""
        return place_here(self.link)

    @property
    def can_report_arrival(self) -> bool:
        """Whether the channel says that a message arrived; of the others it stays unknown."""
        if self.channel == Channel.SMS:
            return bool(settings.SMS_RECEIPT_SECRET)
        return self.channel in {Channel.INAPP, Channel.WEBHOOK}

    @property
    def evidence_chain(self) -> str:
        """The chain that says what became of the message: its incident's, else the recipient's."""
        return self.chain or f"org:{self.recipient}"


class Climb(Sealed):
    """An alarm that nobody acknowledged went on to the next people, once; append-only."""

    message = models.ForeignKey(Message, models.PROTECT, related_name="climbs")
    number = models.PositiveSmallIntegerField()
    rank = models.CharField(max_length=10, choices=Rank)
    people = models.JSONField()
    due_at = models.DateTimeField()
    climbed_at = models.DateTimeField()
    source = models.CharField(max_length=60)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "number"], name="outbox_climbs_once")]

    def __str__(self) -> str:
        return f"{self.message_id} {self.rank}"


class Heartbeat(models.Model):
    """When a process last did its round; the board shows its age."""

    source = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source} {self.at:%H:%M:%S}"
