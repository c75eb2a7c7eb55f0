"""Patients of a line list."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models.facts import Fact


class Sex(models.TextChoices):
    """Sex as the forms print it."""

    MALE = "male", _("男")
    FEMALE = "female", _("女")
    UNKNOWN = "unknown", _("未知")


class Outcome(models.TextChoices):
    """What became of a patient."""

    IN_TREATMENT = "in_treatment", _("治疗中")
    RECOVERED = "recovered", _("已愈")
    DEAD = "dead", _("死亡")
    UNKNOWN = "unknown", _("未知")


class Case(models.Model):
    """One patient of a hospital's line list, without a name: only what counting and the curve need."""

    fact = models.ForeignKey(
        Fact, models.PROTECT, related_name="cases", help_text="the count this case is part of"
    )
    local_id = models.CharField(max_length=64)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    onset_at = models.DateTimeField(null=True, blank=True)
    visit_at = models.DateTimeField(null=True, blank=True)
    is_severe = models.BooleanField(default=False)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.UNKNOWN)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "local_id"], name="incidents_case_once_per_list")
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"
