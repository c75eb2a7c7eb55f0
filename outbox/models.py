"""Messages owed to people and machines, and the heartbeats of the processes that must not die unseen."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Channel(models.TextChoices):
    """How a message travels."""

    INAPP = "inapp", _("站内消息")


class MessageState(models.TextChoices):
    """How far a message has come, as far as its channel can tell."""

    QUEUED = "queued", _("待发")
    SENT = "sent", _("已发出")
    DELIVERED = "delivered", _("已送达")
    READ = "read", _("已读")
    ACKNOWLEDGED = "acknowledged", _("已确认")
    FAILED = "failed", _("发送失败")


class Message(models.Model):
    """One message to one recipient by one channel; the recipient is an organisation's code.

    Text holds number, level, place and time limit; never a patient (预案外：个人信息保护).
    """

    dedupe_key = models.CharField(max_length=200, unique=True)
    channel = models.CharField(max_length=16, choices=Channel)
    recipient = models.CharField(max_length=80, db_index=True)
    kind = models.CharField(max_length=60)
    chain = models.CharField(max_length=80, blank=True)
    title = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    link = models.CharField(max_length=200, blank=True)
    drill = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    state = models.CharField(max_length=16, choices=MessageState, default=MessageState.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    next_try_at = models.DateTimeField()
    delivered_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    read_by = models.CharField(max_length=80, blank=True)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    acknowledged_by = models.CharField(max_length=80, blank=True)
    last_error = models.CharField(max_length=300, blank=True)

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
        ]

    def __str__(self) -> str:
        return self.dedupe_key

    @property
    def evidence_chain(self) -> str:
        """The chain that says what became of the message: its incident's, else the recipient's."""
        return self.chain or f"org:{self.recipient}"


class Heartbeat(models.Model):
    """When a process last did its round; the board shows its age."""

    source = models.CharField(max_length=60, primary_key=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.source} {self.at:%H:%M:%S}"
