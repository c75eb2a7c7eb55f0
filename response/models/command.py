"""Headquarters, who commands and what activation obliges (3.1, 3.2, 3.5, 6.2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.models import OfficeHolding, Organisation
from audit.models import Sealed
from incidents.models import Incident
from response.models.activation import Decision, Response, Track


class Headquarters(Sealed):
    """The commission turned headquarters, its office the headquarters' office, on activation (3.1, 3.2, 3.5, A29); append-only.

    `roster` are the ids of the offices then held in the member units, `units` the codes of those units.
    """

    response = models.OneToOneField(Response, models.PROTECT, related_name="headquarters")
    kind = models.CharField(max_length=8, choices=Track)
    body = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    office = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    roster = ArrayField(models.BigIntegerField())
    units = ArrayField(models.CharField(max_length=60))
    formed_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "headquarters"

    def __str__(self) -> str:
        return f"{self.kind} {self.response_id}"


class CommanderBasis(models.TextChoices):
    """Why somebody is the commander (3.1): nobody else may be."""

    IN_CHARGE = "in_charge", _("政府分管领导")
    DESIGNATED = "designated", _("政府指定的相关单位负责人")


class CommanderAppointment(Sealed):
    """Who commands, in which office and on what basis (3.1, A47); append-only, the latest holds."""

    headquarters = models.ForeignKey(Headquarters, models.PROTECT, related_name="commanders")
    holding = models.ForeignKey(OfficeHolding, models.PROTECT, related_name="+")
    basis = models.CharField(max_length=12, choices=CommanderBasis)
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="+")
    appointed_by = models.CharField(max_length=80)
    appointed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.headquarters_id} {self.holding_id}"


class DutyCode(models.TextChoices):
    """What activation obliges to, without a number of hours (6.2.1–6.2.4)."""

    SCENE_TEAM = "scene_team", _("派出工作组赶赴事故现场")
    REPORT_PARTY = "report_party", _("向市委报告应急处置情况")
    REPORT_GOVERNMENT = "report_government", _("向市政府报告应急处置情况")
    TELL_CITY_OFFICE = "tell_city_office", _("将事故处置情况报市食药安办")
    FILE_WITH_GOVERNMENT = "file_with_government", _("报市政府备案")


class ResponseDuty(models.Model):
    """Something a response obliges to; it stays open until it is recorded as done."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="duties")
    code = models.CharField(max_length=24, choices=DutyCode)
    clause = models.CharField(max_length=12)
    bearer = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)
    settled_by = models.CharField(max_length=80, blank=True)
    receiver = models.CharField(max_length=60, blank=True)
    document = models.CharField(max_length=80, blank=True)

    class Meta:
        verbose_name_plural = "response duties"
        constraints = [
            models.UniqueConstraint(fields=["response", "code"], name="response_duty_once"),
            models.CheckConstraint(
                condition=Q(settled_at__isnull=True, settled_by="")
                | Q(settled_at__isnull=False) & ~Q(settled_by=""),
                name="response_duty_settled_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.code}"


class SceneTeam(models.Model):
    """A work group sent to the scene: who, when it left, when it arrived (6.2.1–6.2.4)."""

    response = models.ForeignKey(Response, models.PROTECT, related_name="scene_teams")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    leader = models.CharField(max_length=40)
    members = ArrayField(models.CharField(max_length=40))
    left_at = models.DateTimeField()
    arrived_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(arrived_at__isnull=True) | Q(arrived_at__gte=F("left_at")),
                name="response_team_arrives_later",
            )
        ]

    def __str__(self) -> str:
        return f"{self.response_id} {self.sender_id}"


class CoordinationRequest(models.Model):
    """A county asks the city to coordinate: government to government, headquarters to headquarters (3.5, A38)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="coordination_requests")
    sender = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recipient = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    text = models.TextField()
    asked_by = models.CharField(max_length=80)
    asked_at = models.DateTimeField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=80, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(answered_at__isnull=True, answered_by="")
                | Q(answered_at__isnull=False) & ~Q(answered_by=""),
                name="response_coordination_answered_pair",
            )
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.sender_id}"
