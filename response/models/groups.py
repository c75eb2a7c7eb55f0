"""The working groups headquarters sets up, and what they report to its office (3.4)."""

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from plan.groups import Group
from response.models.command import Headquarters


class WorkingGroup(models.Model):
    """One group of a headquarters: one of the plan's six, or one of its own making with a name (3.4, A36).

    `report_every_min` is the interval the headquarters' office set, empty while it has set none.
    """

    headquarters = models.ForeignKey(Headquarters, models.PROTECT, related_name="groups")
    group = models.CharField(
        max_length=16, choices=[(group.value, group.label_zh) for group in Group], blank=True
    )
    name = models.CharField(max_length=40)
    lead = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="+")
    lead_note = models.CharField(
        max_length=200, blank=True, help_text="why this lead, where there was a choice"
    )
    report_every_min = models.PositiveIntegerField(null=True, blank=True)
    interval_set_at = models.DateTimeField(null=True, blank=True)
    set_up_by = models.CharField(max_length=80)
    set_up_at = models.DateTimeField()
    stood_down_by = models.CharField(max_length=80, blank=True)
    stood_down_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["headquarters", "name"],
                condition=Q(stood_down_at__isnull=True),
                name="response_group_once",
            ),
            models.CheckConstraint(
                condition=Q(report_every_min__isnull=True, interval_set_at__isnull=True)
                | Q(report_every_min__gt=0, interval_set_at__isnull=False),
                name="response_interval_pair",
            ),
            models.CheckConstraint(
                condition=Q(stood_down_at__isnull=True, stood_down_by="")
                | Q(stood_down_at__isnull=False) & ~Q(stood_down_by=""),
                name="response_stood_down_pair",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class GroupMember(models.Model):
    """An organisation in a group; the ones the plan names stay (`is_named`).

    `in_place_of`: what the plan names by function alone and headquarters filled for this incident, with the `reason`.
    """

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="members")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    is_named = models.BooleanField(default=False)
    in_place_of = models.CharField(max_length=20, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    added_by = models.CharField(max_length=80)
    added_at = models.DateTimeField()
    left_by = models.CharField(max_length=80, blank=True)
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "organisation"],
                condition=Q(left_at__isnull=True),
                name="response_member_once",
            ),
            models.CheckConstraint(
                condition=Q(left_at__isnull=True, left_by="")
                | Q(left_at__isnull=False, is_named=False) & ~Q(left_by=""),
                name="response_named_members_stay",
            ),
            models.CheckConstraint(
                condition=Q(in_place_of="") | ~Q(reason=""), name="response_chosen_member_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} {self.organisation_id}"


class GroupReport(Sealed):
    """A group's report to the headquarters' office (3.4); append-only, an empty one is a report."""

    withheld = ("content",)

    group = models.ForeignKey(WorkingGroup, models.PROTECT, related_name="reports")
    content = models.TextField(blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    reported_by = models.CharField(max_length=80)
    reported_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["group", "-reported_at"], name="response_reports_of_group")]

    def __str__(self) -> str:
        return f"{self.group_id} {self.reported_at:%H:%M}"
