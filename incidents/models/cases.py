"""Patients of a line list, and which of them are one person."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from audit.models import Sealed
from incidents.models.facts import Certainty, Fact
from incidents.models.incidents import Incident


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


class PatientStated(models.Model):
    """What a hospital states of one patient; who it is lies in `personal`, encrypted.

    `person` is a keyed hash of the identity number, empty without one; `traits` are keyed hashes by which two records may
    be guessed to be one person. `details` holds codes of `incidents/codes.py`: symptoms, exposures, specimens.
    """

    local_id = models.CharField(max_length=64)
    sex = models.CharField(max_length=8, choices=Sex, default=Sex.UNKNOWN)
    age = models.PositiveSmallIntegerField(null=True, blank=True)
    onset_at = models.DateTimeField(null=True, blank=True)
    visit_at = models.DateTimeField(null=True, blank=True)
    is_severe = models.BooleanField(default=False)
    outcome = models.CharField(max_length=14, choices=Outcome, default=Outcome.UNKNOWN)
    certainty = models.CharField(max_length=10, choices=Certainty, default=Certainty.SUSPECTED)
    is_secondary = models.BooleanField(
        default=False, help_text="caught it from another patient, not from food"
    )
    is_inpatient = models.BooleanField(default=False)
    treated_at = models.DateTimeField(null=True, blank=True)
    stable_since_at = models.DateTimeField(null=True, blank=True)
    died_at = models.DateTimeField(null=True, blank=True)
    residence_code = models.CharField(max_length=6, blank=True)
    occupation = models.CharField(max_length=20, blank=True)
    diagnosis_code = models.CharField(max_length=8, blank=True)
    details = models.JSONField(default=dict, blank=True)
    person = models.CharField(max_length=64, blank=True)
    masked_identity = models.CharField(max_length=24, blank=True)
    traits = ArrayField(models.CharField(max_length=66), default=list, blank=True)
    personal = models.BinaryField(default=b"", blank=True)

    class Meta:
        abstract = True


class Case(PatientStated):
    """One patient of a hospital's line list as one revision states it."""

    fact = models.ForeignKey(
        Fact, models.PROTECT, related_name="cases", help_text="the count this case is part of"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["fact", "local_id"], name="incidents_case_once_per_list")
        ]

    def __str__(self) -> str:
        return f"case {self.pk}"


class PersonDecision(Sealed):
    """A person's finding that two records of a line list are one patient, or are two; the latest of a pair holds."""

    withheld = ("first", "second", "reason")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="person_decisions")
    # Names of records as `incidents.persons.key_of` gives them, the smaller first.
    first = models.CharField(max_length=200)
    second = models.CharField(max_length=200)
    is_same = models.BooleanField()
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="incidents_pair_in_order"),
            models.CheckConstraint(condition=~Q(reason=""), name="incidents_pair_has_reason"),
        ]
        indexes = [models.Index(fields=["incident"], name="incidents_decided_pairs")]

    def __str__(self) -> str:
        return f"{self.incident_id} {'=' if self.is_same else '≠'}"
