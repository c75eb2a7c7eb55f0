"""Important events, during which 5.1(8) holds at any level."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.models import Sealed


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
