"""Signals: cases that may be one outbreak, what they rest on, and what people decided of them (4.1, 8.2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from audit.models import Sealed
from incidents.models import Incident
from reporting.models.public import PublicReport
from reporting.models.reports import Report
from reporting.models.single_cases import SingleCase
from reporting.signalling.parameters import SignalKind


class SignalState(models.TextChoices):
    """What became of a signal."""

    PROPOSED = "proposed", _("待判断")
    OPENED = "opened", _("已登记为事故")
    JOINED = "joined", _("已并入事故")
    DISMISSED = "dismissed", _("不予立案")
    ABSORBED = "absorbed", _("已并入另一信号")


class Signal(models.Model):
    """Cases that may be one outbreak, proposed to a person with the evidence; of one cluster one is open (4.1, 8.2).

    `key` is what was found first to be shared; `counties` are ids of those concerned. `units` are households; of one
    household, persons. `told_units` is how many there were when the offices were last told.
    """

    kind = models.CharField(max_length=8, choices=SignalKind)
    key = models.CharField(max_length=140)
    counties = ArrayField(models.BigIntegerField())
    state = FSMField(choices=SignalState, default=SignalState.PROPOSED, protected=True)
    units = models.PositiveIntegerField()
    told_units = models.PositiveIntegerField()
    expected = models.FloatField()
    first_at = models.DateTimeField()
    last_at = models.DateTimeField()
    is_grave = models.BooleanField(default=False)
    is_drill = models.BooleanField(default=False)
    # The incident it was taken up into, or may belong to.
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="arising")
    absorbed_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="absorbed")
    proposed_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["key", "is_drill"], condition=Q(state="proposed"), name="reporting_one_open_signal"
            ),
            models.CheckConstraint(
                condition=Q(state="absorbed", absorbed_by__isnull=False)
                | ~Q(state="absorbed") & Q(absorbed_by__isnull=True),
                name="reporting_absorbed_pair",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["opened", "joined"]) | Q(incident__isnull=False),
                name="reporting_taken_up_has_incident",
            ),
        ]
        indexes = [
            models.Index(fields=["state", "-changed_at"], name="reporting_signal_by_state"),
            models.Index(fields=["key", "-changed_at"], name="reporting_signal_by_key"),
        ]

    def __str__(self) -> str:
        return f"signal {self.pk}"

    @property
    def chain(self) -> str:
        """The name of this signal's chain in the evidence log."""
        return f"signal:{self.pk}"

    @property
    def series(self) -> str:
        """The name of the own counts its cases make of an incident: taken up again with more, they count anew, not twice."""
        return f"signal-{self.pk}"

    @property
    def shared(self) -> str:
        """The place or food that is shared, by name; of a household and of a rise there is none that may be told."""
        is_named = self.kind not in {SignalKind.HOUSEHOLD, SignalKind.RISE}
        return self.key.partition("|")[2] if is_named else ""

    @transition(field=state, source=SignalState.PROPOSED, target=SignalState.OPENED)
    def open(self) -> None:
        """An incident was opened for it."""

    @transition(field=state, source=SignalState.PROPOSED, target=SignalState.JOINED)
    def join(self) -> None:
        """It goes with an incident that was there."""

    @transition(field=state, source=SignalState.PROPOSED, target=SignalState.DISMISSED)
    def dismiss(self) -> None:
        """A person found that it is no outbreak."""

    @transition(field=state, source=SignalState.PROPOSED, target=SignalState.ABSORBED)
    def absorb(self) -> None:
        """All its evidence belongs to a wider signal."""

    @transition(
        field=state,
        source=[SignalState.OPENED, SignalState.JOINED, SignalState.DISMISSED],
        target=SignalState.PROPOSED,
    )
    def propose_anew(self) -> None:
        """It has grown, or what was decided was taken back."""


class SignalEvidence(Sealed):
    """One link of a signal to what it rests on: a case as first reported, or a report of the public; append-only."""

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="evidence")
    case = models.ForeignKey(SingleCase, models.PROTECT, null=True, blank=True, related_name="+")
    public_report = models.ForeignKey(PublicReport, models.PROTECT, null=True, blank=True, related_name="+")
    key = models.CharField(max_length=140, help_text="what it shares with the others")
    added_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "signal evidence"
        constraints = [
            models.UniqueConstraint(fields=["signal", "case"], name="reporting_signal_case_once"),
            models.UniqueConstraint(fields=["signal", "public_report"], name="reporting_signal_public_once"),
            models.CheckConstraint(
                condition=Q(case__isnull=False, public_report__isnull=True)
                | Q(case__isnull=True, public_report__isnull=False),
                name="reporting_evidence_of_one_kind",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.ref}"

    @property
    def ref(self) -> str:
        """How the method names what it links to."""
        return f"case:{self.case_id}" if self.case_id else f"public:{self.public_report_id}"


class SignalAct(models.TextChoices):
    """What was decided about a signal."""

    OPEN = "open", _("登记为事故")
    JOIN = "join", _("并入事故")
    DISMISS = "dismiss", _("不予立案")
    TAKE_BACK = "take_back", _("撤回决定")


class SignalDecision(Sealed):
    """A person's decision about a signal, with what there was of it then; append-only."""

    withheld = ("reason",)

    signal = models.ForeignKey(Signal, models.PROTECT, related_name="decisions")
    act = models.CharField(max_length=10, choices=SignalAct)
    units = models.PositiveIntegerField()
    incident = models.ForeignKey(Incident, models.PROTECT, null=True, blank=True, related_name="+")
    report = models.ForeignKey(Report, models.PROTECT, null=True, blank=True, related_name="+")
    reason = models.CharField(max_length=300)
    decided_at = models.DateTimeField()
    decided_by = models.CharField(max_length=80)
    office = models.CharField(max_length=80)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="reporting_signal_decision_has_reason"),
            models.CheckConstraint(
                condition=Q(act__in=["open", "join"], incident__isnull=False, report__isnull=False)
                | ~Q(act__in=["open", "join"]) & Q(incident__isnull=True, report__isnull=True),
                name="reporting_signal_taken_up_has_report",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signal_id} {self.act}"
