"""The one store of the city and its counties: what the four feeds bring, and which foods are watched (4.1, 8.2)."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from incidents.models import Stage
from plan.monitoring import Feed, Helper, Stream
from reporting.models import IntakeRecord

FEEDS = [(each.value, each.label_zh) for each in Feed]
STREAMS = [(each.value, each.label_zh) for each in Stream]
HELPERS = [(each.value, each.label_zh) for each in Helper]


class Way(models.TextChoices):
    """How an observation came in."""

    PAGE = "page", _("页面登记")
    FILE = "file", _("表格导入")
    API = "api", _("系统接口")
    HELPER = "helper", _("协管员、信息员、志愿者")


class Finding(models.TextChoices):
    """What a sample showed; other feeds show nothing."""

    QUALIFIED = "qualified", _("合格")
    UNQUALIFIED = "unqualified", _("不合格")
    OPEN = "open", _("结果待定")


class Observation(Sealed):
    """One thing that was noticed, by the feed it came from (8.2(a)); a correction is a new row under the same reference."""

    withheld = ("summary", "place_text")

    feed = models.CharField(max_length=12, choices=FEEDS)
    stream = models.CharField(max_length=16, choices=STREAMS, blank=True)
    stage = models.CharField(max_length=12, choices=Stage, blank=True)
    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    place_text = models.CharField(max_length=120, blank=True)
    food = models.CharField(max_length=120, blank=True)
    factor = models.CharField(max_length=120, blank=True)
    finding = models.CharField(max_length=12, choices=Finding, blank=True)
    summary = models.CharField(max_length=500, blank=True)
    occurred_at = models.DateTimeField()
    reference = models.CharField(max_length=80)
    revision = models.PositiveSmallIntegerField(default=1)
    fingerprint = models.CharField(max_length=64)
    corrects = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    way = models.CharField(max_length=8, choices=Way)
    helper = models.CharField(max_length=12, choices=HELPERS, blank=True)
    source = models.CharField(max_length=64, blank=True, help_text="keyed hash of the network it came from")
    intake = models.ForeignKey(IntakeRecord, models.PROTECT, null=True, blank=True, related_name="+")
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "feed", "reference", "revision"],
                name="monitoring_observation_once",
            ),
            models.CheckConstraint(
                condition=Q(revision=1, corrects__isnull=True) | Q(revision__gt=1, corrects__isnull=False),
                name="monitoring_revision_corrects",
            ),
            models.CheckConstraint(
                condition=Q(feed="sampling") & ~Q(finding="") | ~Q(feed="sampling") & Q(finding=""),
                name="monitoring_sampling_has_finding",
            ),
            models.CheckConstraint(
                condition=Q(way="helper") & ~Q(helper="") | ~Q(way="helper") & Q(helper=""),
                name="monitoring_helper_has_kind",
            ),
        ]
        indexes = [
            models.Index(fields=["-occurred_at"], name="monitoring_by_time"),
            models.Index(fields=["area", "-occurred_at"], name="monitoring_by_area"),
        ]

    def __str__(self) -> str:
        return f"observation {self.pk}"


class RiskyFood(models.Model):
    """A food of high risk at one stage of the food chain, with how it is supervised (4.1(a))."""

    food = models.CharField(max_length=120)
    stage = models.CharField(max_length=12, choices=Stage)
    area = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    risk = models.CharField(max_length=300)
    supervision = models.CharField(max_length=300)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(default=uuid.uuid4, unique=True)
    listed_at = models.DateTimeField()
    listed_by = models.CharField(max_length=80)
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_by = models.CharField(max_length=80, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["food", "stage", "area"],
                condition=Q(struck_at__isnull=True),
                name="monitoring_food_listed_once",
            ),
            models.CheckConstraint(
                condition=Q(struck_at__isnull=True, struck_by="", struck_reason="")
                | Q(struck_at__isnull=False) & ~Q(struck_by="") & ~Q(struck_reason=""),
                name="monitoring_struck_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.food} {self.stage}"
