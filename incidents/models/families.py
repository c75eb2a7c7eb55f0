"""Incidents that may be one, became one, and were parted again."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from audit.models import Sealed
from incidents.models.incidents import Incident


class JoinState(models.TextChoices):
    """What became of a proposed join."""

    PENDING = "pending", _("待判断")
    ACCEPTED = "accepted", _("已合并")
    DECLINED = "declined", _("不合并")


class JoinProposal(models.Model):
    """Two incidents that may be one, with why; a person decides (architecture: joining)."""

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="join_proposals")
    other = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    ground = models.CharField(max_length=200)
    proposed_at = models.DateTimeField()
    state = FSMField(choices=JoinState, default=JoinState.PENDING, protected=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["incident", "other"], name="incidents_pair_proposed_once"),
            models.CheckConstraint(
                condition=Q(decided_at__isnull=True, decided_by="")
                | Q(decided_at__isnull=False) & ~Q(decided_by=""),
                name="incidents_join_decided_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id}+{self.other_id}"

    @transition(field=state, source=JoinState.PENDING, target=JoinState.ACCEPTED)
    def accept(self) -> None:
        """A person found that the two are one."""

    @transition(field=state, source=JoinState.PENDING, target=JoinState.DECLINED)
    def decline(self) -> None:
        """A person found that they are not."""


class LineageKind(models.TextChoices):
    """How two incidents came to be one, or two again."""

    MERGE = "merge", _("并入")
    SPLIT = "split", _("拆出")


class Lineage(Sealed):
    """A part was merged into a whole, or split off again: who, when and why (A12, A56); append-only.

    A split names the merge it takes back; a merge that none takes back stands.
    """

    kind = models.CharField(max_length=8, choices=LineageKind)
    whole = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    part = models.ForeignKey(Incident, models.PROTECT, related_name="lineage")
    takes_back = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="taken_back_by"
    )
    reason = models.CharField(max_length=300)
    recorder = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="merge", takes_back__isnull=True)
                | Q(kind="split", takes_back__isnull=False),
                name="incidents_split_takes_back_a_merge",
            ),
            models.CheckConstraint(condition=~Q(whole=F("part")), name="incidents_lineage_of_two"),
            models.CheckConstraint(condition=~Q(reason=""), name="incidents_lineage_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.part_id} {self.kind} {self.whole_id}"
