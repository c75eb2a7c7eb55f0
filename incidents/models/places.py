"""Registered places, and where on the food chain they stand."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction


class PlaceKind(models.TextChoices):
    """Where people ate: the place types of the Chinese foodborne-disease forms."""

    HOUSEHOLD = "household", _("家庭")
    RESTAURANT = "restaurant", _("餐饮服务单位")
    SCHOOL_CANTEEN = "school_canteen", _("学校食堂")
    NURSERY_CANTEEN = "nursery_canteen", _("托幼机构食堂")
    CANTEEN = "canteen", _("单位、工地或养老机构食堂")
    CENTRAL_KITCHEN = "central_kitchen", _("集体用餐配送或中央厨房")
    RURAL_BANQUET = "rural_banquet", _("农村宴席")
    STREET_STALL = "street_stall", _("街头摊点")
    RETAIL = "retail", _("超市、农贸市场或便利店")
    ONLINE = "online", _("网购")
    OTHER = "other", _("其他")


class Stage(models.TextChoices):
    """The eight stages of the food chain (4.1); the stage names the regulator in the lead (3.4.2)."""

    PLANTING = "planting", _("种植")
    BREEDING = "breeding", _("养殖")
    PRODUCTION = "production", _("生产")
    PROCESSING = "processing", _("加工")
    PACKAGING = "packaging", _("包装")
    STORAGE = "storage", _("贮藏")
    TRADE = "trade", _("经营")
    CONSUMPTION = "consumption", _("消费")


class Place(models.Model):
    """A registered place: a report that names it joins by itself (architecture: joining)."""

    county = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="+")
    zone = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=120)
    normalised_name = models.CharField(max_length=120)
    registry_code = models.CharField(max_length=40, blank=True, help_text="统一社会信用代码或许可证编号")
    address = models.CharField(max_length=200, blank=True)
    kind = models.CharField(max_length=20, choices=PlaceKind)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["county", "normalised_name"], name="incidents_one_place_per_name"
            ),
            models.UniqueConstraint(
                fields=["registry_code"], condition=~Q(registry_code=""), name="incidents_one_place_per_code"
            ),
        ]
        indexes = [
            GinIndex(fields=["normalised_name"], opclasses=["gin_trgm_ops"], name="incidents_place_trigrams")
        ]

    def __str__(self) -> str:
        return self.name
