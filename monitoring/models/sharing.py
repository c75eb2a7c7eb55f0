"""What of the platform went to whom (4.1(c))."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed


class SharingWay(models.TextChoices):
    """How it was shared."""

    MESSAGE = "message", _("消息")
    FILE = "file", _("导出文件")
    PUBLIC = "public", _("向社会公布")


class Sharing(Sealed):
    """One thing of the platform that went to one body, or to the public (4.1(c): 互联互通和资源共享)."""

    what = models.CharField(max_length=160)
    subject = models.CharField(
        max_length=80, help_text="the rows that were shared, as the evidence log names them"
    )
    rows = models.PositiveIntegerField(default=1)
    giver = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # Nobody: the public.
    receiver = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    way = models.CharField(max_length=8, choices=SharingWay)
    is_drill = models.BooleanField(default=False)
    shared_by = models.CharField(max_length=80)
    shared_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(way="public", receiver__isnull=True)
                | ~Q(way="public") & Q(receiver__isnull=False),
                name="monitoring_public_has_no_receiver",
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} {self.way}"
