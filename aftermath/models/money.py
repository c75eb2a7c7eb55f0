"""The ledger of the aftermath: what is owed to whom, who is liable, what was paid (7.1); yuan, exact to the cent."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from aftermath.models.entries import CENTS, DIGITS, Entry
from aftermath.models.orders import Requisition
from plan.aftermath import CostKind
from response.models import MeasureRecord


class LiabilityState(models.TextChoices):
    """How far it is settled what a responsible party owes; never the machine's to say."""

    CLAIMED = "claimed", _("已主张")
    AGREED = "agreed", _("已达成协议")
    DECIDED = "decided", _("已有裁判或决定")


class Liability(Entry):
    """What a responsible party owes one group of victims (7.1: 责任单位和责任人应当按照有关规定对受害人给予赔偿)."""

    slug = "liability"
    withheld = ("party", "victims", "note", "reason")

    party = models.CharField(max_length=120)
    is_person = models.BooleanField(default=False)
    victims = models.CharField(max_length=120)
    people = models.PositiveIntegerField(null=True, blank=True)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    state = models.CharField(max_length=8, choices=LiabilityState)
    basis = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta(Entry.Meta):
        verbose_name_plural = "liabilities"
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="aftermath_liability_of_something"),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} liability {self.pk}"


class Cost(Entry):
    """One item of the ledger: owed to a payee, for one of the plan's kinds.

    `liability`: the party from whom the public purse may have back what it pays here; `measure` and `order` are what caused
    it, by their first versions. `due_on` is the office's own, as the plan says 及时 and no day.
    """

    slug = "cost"
    withheld = ("payee", "note", "reason")

    kind = models.CharField(max_length=20, choices=[(each.value, each.label_zh) for each in CostKind])
    payee = models.CharField(max_length=120)
    is_person = models.BooleanField(default=False)
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    due_on = models.DateField(null=True, blank=True)
    proof = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    liability = models.ForeignKey(Liability, models.PROTECT, null=True, blank=True, related_name="+")
    measure = models.ForeignKey(MeasureRecord, models.PROTECT, null=True, blank=True, related_name="+")
    order = models.ForeignKey(Requisition, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="aftermath_cost_of_something"),
            models.CheckConstraint(
                condition=~Q(kind="other") | ~Q(note=""), name="aftermath_other_cost_says_what"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.kind} {self.pk}"


class Flow(models.TextChoices):
    """Whose money went where: to a payee of the ledger, from the party to victims, from the party to the public purse."""

    PAID = "paid", _("已拨付")
    COMPENSATED = "compensated", _("责任方已赔付")
    RECOVERED = "recovered", _("已向责任方追回")


class Payment(Entry):
    """Money that moved: for a cost, or of a liability; each named by its first version."""

    slug = "payment"
    withheld = ("note", "reason")

    flow = models.CharField(max_length=12, choices=Flow)
    cost = models.ForeignKey(Cost, models.PROTECT, null=True, blank=True, related_name="+")
    liability = models.ForeignKey(Liability, models.PROTECT, null=True, blank=True, related_name="+")
    amount = models.DecimalField(max_digits=DIGITS, decimal_places=CENTS)
    paid_on = models.DateField()
    proof = models.CharField(max_length=200)
    note = models.TextField(blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            models.CheckConstraint(condition=Q(amount__gt=0), name="aftermath_payment_of_something"),
            models.CheckConstraint(
                condition=Q(flow="paid", cost__isnull=False, liability__isnull=True)
                | ~Q(flow="paid") & Q(cost__isnull=True, liability__isnull=False),
                name="aftermath_payment_for_one_thing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.flow} {self.pk}"
