"""Warnings: written, signed by every issuer, sent, answered, updated, lifted (4.2)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django_fsm import FSMField, transition

from accounts.models import Organisation
from audit.models import Sealed
from monitoring.models.hazards import Hazard
from plan.monitoring import LiftGround
from reporting.models import Signal

GROUNDS = [(each.value, each.label_zh) for each in LiftGround]


class WarningState(models.TextChoices):
    """How far a warning has come."""

    DRAFT = "draft", _("拟稿，未发布")
    IN_FORCE = "in_force", _("生效中")
    LIFTED = "lifted", _("已解除")
    DROPPED = "dropped", _("已作废，从未发布")


class FoodWarning(models.Model):
    """One warning from its first draft to its lifting (4.2); what it said is in its bulletins."""

    number = models.CharField(max_length=16, unique=True)
    # Of what was said or written last.
    headline = models.CharField(max_length=60)
    hazard = models.ForeignKey(Hazard, models.PROTECT, null=True, blank=True, related_name="warnings")
    signal = models.ForeignKey(Signal, models.PROTECT, null=True, blank=True, related_name="+")
    # Who began it; who else issues it is said by its drafts (4.1(e): 发布或联合发布).
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = FSMField(choices=WarningState, default=WarningState.DRAFT, protected=True)
    is_drill = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=WarningState.values), name="monitoring_warning_state"
            )
        ]
        indexes = [models.Index(fields=["state", "-changed_at"], name="monitoring_warning_by_state")]

    def __str__(self) -> str:
        return self.number

    @property
    def chain(self) -> str:
        """The name of this warning's chain in the evidence log."""
        return f"warning:{self.number}"

    @transition(field=state, source=WarningState.DRAFT, target=WarningState.IN_FORCE)
    def issue(self) -> None:
        """Every issuer has signed."""

    @transition(field=state, source=WarningState.IN_FORCE, target=WarningState.LIFTED)
    def lift(self) -> None:
        """The causes are judged eliminated or controlled."""

    @transition(field=state, source=WarningState.DRAFT, target=WarningState.DROPPED)
    def drop(self) -> None:
        """It was never issued."""


class BulletinKind(models.TextChoices):
    """What is said: the warning itself, more about it, or that it is over (4.2.1, 4.2.2)."""

    ALERT = "alert", _("发布预警")
    UPDATE = "update", _("更新")
    LIFT = "lift", _("解除")


class WarningDraft(models.Model):
    """What is about to be said, until every issuer has signed it (4.2); at most one of a warning at a time.

    `content` is what is signed: its hash stands under each signature. `prepared_by` wrote it last, and signs it not.
    """

    warning = models.ForeignKey(FoodWarning, models.PROTECT, related_name="drafts")
    kind = models.CharField(max_length=8, choices=BulletinKind)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    # Codes of all that issue it, the one that began it first.
    issuers = ArrayField(models.CharField(max_length=60))
    prepared_by = models.CharField(max_length=80)
    prepared_at = models.DateTimeField()
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["warning"], condition=Q(is_open=True), name="monitoring_one_open_draft"
            )
        ]

    def __str__(self) -> str:
        return f"{self.warning_id} {self.kind}"


class WarningSignature(Sealed):
    """A named official of one issuer signed a draft as it stood (4.2.1)."""

    draft = models.ForeignKey(WarningDraft, models.PROTECT, related_name="signatures")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    sha256 = models.CharField(max_length=64)
    signer = models.CharField(max_length=40)
    signed_by = models.CharField(max_length=80)
    signed_at = models.DateTimeField()

    withheld = ("signer",)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["draft", "organisation", "sha256"], name="monitoring_issuer_signs_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.draft_id} {self.organisation_id}"


class Bulletin(Sealed):
    """What was issued, word for word (4.2): the warning, an update, its lifting; each goes on from the one before."""

    warning = models.ForeignKey(FoodWarning, models.PROTECT, related_name="bulletins")
    draft = models.OneToOneField(WarningDraft, models.PROTECT, related_name="bulletin")
    serial = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=8, choices=BulletinKind)
    identifier = models.CharField(max_length=40, unique=True)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    is_public = models.BooleanField()
    issued_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["warning", "serial"], name="monitoring_bulletins_in_order")
        ]

    def __str__(self) -> str:
        return self.identifier


class AnswerKind(models.TextChoices):
    """What a recipient says."""

    RECEIPT = "receipt", _("签收")
    MEASURE = "measure", _("采取措施")


class Answer(Sealed):
    """A recipient has a warning in hand, or says what it did about it (4.2.1(b)); an issuer's own measures too."""

    withheld = ("words",)

    warning = models.ForeignKey(FoodWarning, models.PROTECT, related_name="answers")
    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=8, choices=AnswerKind)
    words = models.CharField(max_length=500, blank=True)
    done_at = models.DateTimeField()
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bulletin", "organisation"],
                condition=Q(kind="receipt"),
                name="monitoring_one_receipt",
            ),
            models.CheckConstraint(
                condition=Q(kind="receipt") | ~Q(words=""), name="monitoring_measure_has_words"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bulletin_id} {self.kind}"
