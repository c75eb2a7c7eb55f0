"""Responses, and the decisions that start, move and end them (6.2, 6.4), one row an act."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Jurisdiction, Organisation
from audit.models import Sealed
from incidents.models import LEVELS, Incident, LevelConfirmation
from plan.authority import Act
from plan.levels import ResponseLevel
from response.models.assessment import AssessmentReport

RESPONSE_LEVELS = [(level.value, level.numeral) for level in ResponseLevel]


class Track(models.TextChoices):
    """Whose response it is (A15): the city's from Ⅲ on or taken over, a county's at Ⅳ."""

    CITY = "city", _("市级")
    COUNTY = "county", _("县级")


class ResponseState(models.TextChoices):
    """The life of a response; before it is activated there is none, only decisions."""

    ACTIVE = "active", _("响应中")
    ENDED = "ended", _("已终止")
    REPLACED = "replaced", _("已由其他响应接替")


class Response(models.Model):
    """One response: the city's, or one county's for its territory (A52); its level is its own (A30).

    `beside`: the city's response beside which a county's headquarters leads its own territory (3.5); it ends with that one.
    `carried_*`: at a split the response of the other side that this one continues until it is replaced (A56, A63).
    `reopened_*`: after the end something new happened, and nobody has said yet what follows from it (6.4.2).
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="responses")
    track = models.CharField(max_length=8, choices=Track)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    level = models.CharField(max_length=4, choices=RESPONSE_LEVELS)
    state = FSMField(choices=ResponseState, default=ResponseState.ACTIVE, protected=True)
    activated_by = models.CharField(max_length=80)
    activated_at = models.DateTimeField()
    ended_by = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    beside = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="counties")
    carried_from = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="carried_by")
    carried_at = models.DateTimeField(null=True, blank=True)
    reopened_at = models.DateTimeField(null=True, blank=True)
    reopened_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "county"],
                condition=Q(state="active"),
                nulls_distinct=False,
                name="response_one_active",
            ),
            models.CheckConstraint(
                condition=Q(track="city", county__isnull=True) | Q(track="county", county__isnull=False),
                name="response_county_of_county_track",
            ),
            models.CheckConstraint(
                condition=Q(state="active", ended_at__isnull=True, ended_by="")
                | ~Q(state="active") & Q(ended_at__gte=F("activated_at")) & ~Q(ended_by=""),
                name="response_ended_pair",
            ),
            models.CheckConstraint(
                condition=Q(beside__isnull=True) | Q(track="county"),
                name="response_only_counties_stand_beside",
            ),
            models.CheckConstraint(
                condition=Q(carried_from__isnull=True, carried_at__isnull=True)
                | Q(carried_from__isnull=False, carried_at__isnull=False),
                name="response_carried_pair",
            ),
            models.CheckConstraint(
                condition=Q(reopened_at__isnull=True, reopened_why="")
                | Q(reopened_at__isnull=False, state="ended") & ~Q(reopened_why=""),
                name="response_reopened_pair",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.track} {self.level}"

    @transition(field=state, source=ResponseState.ACTIVE, target=ResponseState.ENDED)
    def end(self) -> None:
        """The commander consented to its end (6.4.2)."""

    @transition(field=state, source=ResponseState.ACTIVE, target=ResponseState.REPLACED)
    def give_way(self) -> None:
        """Another response took over: the city's, or the county's after lowering to Ⅳ (A31, A63)."""


class Step(models.TextChoices):
    """What somebody did about an act that the plan reserves."""

    WEIGH = "weigh", _("综合评估")
    APPLY = "apply", _("申请")
    PROPOSE = "propose", _("建议")
    SUBMIT = "submit", _("提交")
    APPROVE = "approve", _("批准或同意")
    REJECT = "reject", _("不予批准")
    ACT = "act", _("实施")
    CLOSE = "close", _("办结")


class Decision(Sealed):
    """One step of one act: who, in what capacity, when, in what words; append-only.

    `given_at` is when it was said or signed, `recorded_at` when it was entered. An oral one owes its paper, which comes as
    a row of its own that names it in `paper_of` (A59). `findings` are the plan's elements, each with its evidence.
    """

    withheld = ("decider", "witness", "words", "note")

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="decisions")
    response = models.ForeignKey(Response, models.PROTECT, null=True, blank=True, related_name="decisions")
    act = models.CharField(max_length=30, choices=[(act.value, act.label_zh) for act in Act])
    step = models.CharField(max_length=8, choices=Step)
    level = models.CharField(max_length=8, choices=LEVELS, blank=True)
    county = models.ForeignKey(Jurisdiction, models.PROTECT, null=True, blank=True, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    decider = models.CharField(max_length=40, blank=True)
    capacity = models.CharField(max_length=60, blank=True)
    is_oral = models.BooleanField(default=False)
    words = models.TextField(blank=True)
    witness = models.CharField(max_length=40, blank=True)
    document = models.CharField(max_length=80, blank=True)
    note = models.TextField(blank=True)
    findings = models.JSONField(default=dict, blank=True)
    conditions = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    confirmation = models.ForeignKey(
        LevelConfirmation, models.PROTECT, null=True, blank=True, related_name="+"
    )
    report = models.ForeignKey(AssessmentReport, models.PROTECT, null=True, blank=True, related_name="+")
    rests_on = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="followed_by")
    paper_of = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="paper")
    given_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(given_at__lte=F("recorded_at")), name="response_given_before_recorded"
            ),
            models.CheckConstraint(
                condition=Q(is_oral=False) | Q(document="") & ~Q(decider="") & ~Q(words=""),
                name="response_oral_says_who_and_what",
            ),
        ]
        indexes = [models.Index(fields=["incident", "act", "step"], name="response_decisions_of_act")]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.act} {self.step}"
