"""What goes up and comes down where the investigation is above the city (7.2: Ⅰ and Ⅱ)."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import LEVELS, Incident


class Direction(models.TextChoices):
    """Whether the city handed material over, or took the result in."""

    SUPPLIED = "supplied", _("提供材料")
    RESULT = "result", _("收到调查评估结果")


class ExchangeAbove(Sealed):
    """Material for the team of the state or the province, or its result, kept here (7.2, A40)."""

    withheld = ("text",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="exchanges_above")
    level = models.CharField(max_length=8, choices=LEVELS)
    direction = models.CharField(max_length=8, choices=Direction)
    body = models.CharField(max_length=80, help_text="the team or body above, as it is called")
    document = models.CharField(max_length=80, blank=True)
    text = models.TextField()
    exchanged_at = models.DateTimeField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "exchanges above"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="review_exchange_says_what"),
            models.CheckConstraint(
                condition=Q(direction="supplied") | ~Q(document=""), name="review_result_names_its_document"
            ),
            models.CheckConstraint(
                condition=Q(exchanged_at__lte=F("recorded_at")), name="review_exchanged_before_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.direction}"
