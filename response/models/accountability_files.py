"""What an accountability file gathers after it was opened: evidence, the accused's answer, referrals, outcomes, its end (7.3)."""

from datetime import datetime

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from plan.accountability import REFERRALS, ReferralKind, ReferralStep
from reporting.clocks import is_in_time
from reporting.models import KeptFile
from response.models.accountability import AccountabilityEntry


class FileRow(Sealed):
    """One thing added to a file, by whom, once for each form; append-only, for the office in charge alone."""

    entry = models.ForeignKey(AccountabilityEntry, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


class AccountabilityEvidence(FileRow):
    """What one act wrote into the evidence log, linked to a file with its hashes as they were then (5.1, 7.3).

    `events`: place in the chain and hash of each row of the log; `rows`: name and seal of what they vouch for.
    """

    withheld = ("events", "rows")

    chain = models.CharField(max_length=80)
    seq = models.BigIntegerField()
    events = models.JSONField()
    rows = models.JSONField(default=dict, blank=True)

    class Meta:
        verbose_name_plural = "accountability evidence"
        constraints = [
            models.UniqueConstraint(fields=["entry", "chain", "seq"], name="response_evidence_linked_once")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} {self.chain}#{self.seq}"


class AccountabilityQuestion(FileRow):
    """The accused unit is asked for its answer by a time that the office in charge sets; the plan has none."""

    withheld = ("question",)

    question = models.CharField(max_length=1000)
    due_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.entry_id} question {self.pk}"

    def is_overdue(self, at: datetime) -> bool:
        """Tell whether the minute named has passed, for a question that has no answer (A58)."""
        return not is_in_time(at, self.due_at)


class AccountabilityAnswer(FileRow):
    """What the accused unit says; `source`: how the office in charge came by it, where the unit did not enter it itself."""

    withheld = ("answer", "source")

    asked = models.OneToOneField(AccountabilityQuestion, models.PROTECT, related_name="answered")
    answer = models.TextField()
    source = models.CharField(max_length=200, blank=True)
    answered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(answer=""), name="response_accused_says_something")
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} answer {self.pk}"

    def is_late(self) -> bool:
        """Tell whether it came in a later minute than the one named (A58)."""
        return not is_in_time(self.answered_at, self.asked.due_at)


class Referral(FileRow):
    """A matter referred to one of the organs of 3.4.1 and 7.3, frozen as it was printed.

    `said` holds the conjuncts of its ground, each on its own; `content` is all that is printed, `sha256` its hash.
    """

    withheld = ("addressee", "said", "content")

    kind = models.CharField(
        max_length=16, choices=[(each.code, each.ground_zh) for each in REFERRALS.values()]
    )
    addressee = models.CharField(max_length=60)
    said = models.JSONField()
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.entry_id} {self.kind} {self.sha256[:12]}"

    @property
    def ground(self) -> ReferralKind:
        """What the plan says of its ground."""
        return REFERRALS[self.kind]


class ReferralFile(KeptFile):
    """A referral as a file."""

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="files")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["referral", "file_format"], name="response_one_referral_file")
        ]

    def __str__(self) -> str:
        return f"{self.referral_id}.{self.file_format}"


class ReferralStatus(FileRow):
    """One step of a referral: sent, signed for, accepted, not accepted, returned; each once, with its proof."""

    withheld = ("proof", "reason")

    referral = models.ForeignKey(Referral, models.PROTECT, related_name="statuses")
    step = models.CharField(max_length=16, choices=[(each.value, each.label_zh) for each in ReferralStep])
    happened_at = models.DateTimeField()
    proof = models.CharField(
        max_length=200, blank=True, help_text="receipt: document number, who signed for it"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name_plural = "referral statuses"
        constraints = [
            models.UniqueConstraint(fields=["referral", "step"], name="response_referral_step_once"),
            models.CheckConstraint(
                condition=~Q(step__in=["not_accepted", "returned", "void"]) | ~Q(reason=""),
                name="response_referral_refused_with_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.referral_id} {self.step}"


class AccountabilityOutcome(FileRow):
    """What an outside body decided, in its words and under its document number; never the machine's, never the house's."""

    withheld = ("body", "document_number", "outcome")

    referral = models.ForeignKey(Referral, models.PROTECT, null=True, blank=True, related_name="outcomes")
    body = models.CharField(max_length=60)
    document_number = models.CharField(max_length=60)
    decided_on = models.DateField()
    outcome = models.CharField(max_length=1000)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(body="") & ~Q(document_number="") & ~Q(outcome=""),
                name="response_outcome_names_its_source",
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} outcome {self.pk}"


class AccountabilityClosing(FileRow):
    """The end of a file: with an outcome on record, or with a reason; once."""

    withheld = ("reason",)

    entry = models.OneToOneField(AccountabilityEntry, models.PROTECT, related_name="closing")
    outcome = models.ForeignKey(
        AccountabilityOutcome, models.PROTECT, null=True, blank=True, related_name="closed"
    )
    reason = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome__isnull=False) | ~Q(reason=""), name="response_file_closed_with_ground"
            )
        ]

    def __str__(self) -> str:
        return f"{self.entry_id} closed"
