"""Forms of the aftermath: each says one entry; a correction starts from what stands and asks why (7.1, 8.6)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, ClassVar

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import (
    MomentField,
    MoneyField,
    PeopleField,
    choice,
    day,
    line,
    offer,
    tick,
    words,
)
from accounts.forms.plan_form import PlanForm
from aftermath.models import Entry, Flow, Liability, LiabilityState
from aftermath.terms import (
    CostTerms,
    LiabilityTerms,
    OrderTerms,
    PaymentTerms,
)
from plan.aftermath import CostKind, OrderKind, OrderState
from plan.labelled import Labelled
from response.measure_forms import UNSET, OnceForm

DUE_HELP = gettext_lazy("预案要求及时，未定天数；本单位自定的日期，过期会提醒。")
PERSON = gettext_lazy("是个人（姓名只供办理单位查看）")


class EntryForm(OnceForm):
    """One entry; `of` is the version that is corrected, None for a first one."""

    # The columns that are asked for, by the names of the fields.
    asked: ClassVar[Sequence[str]] = ()

    def __init__(self, *args: Any, of: Entry | None = None, at: datetime, **kwargs: Any) -> None:
        initial = {name: getattr(of, name) for name in self.asked} if of is not None else {}
        kwargs["initial"] = {**initial, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.at = at
        if of is not None:
            self.fields["reason"] = line(label=_("更正或更新的理由"), max_length=300, required=True)

    @property
    def why(self) -> dict[str, Any]:
        """What every act asks beside the terms."""
        return {"reason": self.cleaned_data.get("reason", ""), "form_token": self.token}

    def known(self, *names: str) -> dict[str, Any]:
        """Return what was filled in under these names."""
        return {name: self.cleaned_data[name] for name in names}


def of_plan(kind: type[Labelled]) -> list[tuple[str, Any]]:
    """Return the choices of one of the plan's lists."""
    return [UNSET, *((each.value, each.label_zh) for each in kind)]


class CostForm(EntryForm):
    """An item of the ledger; `liabilities` are those from whose party it may be had back."""

    asked = ("kind", "payee", "is_person", "amount", "due_on", "proof", "note")

    kind = choice(label=gettext_lazy("费用种类"), choices=of_plan(CostKind), required=True)
    payee = line(label=gettext_lazy("收款单位或人员"), max_length=120, required=True)
    is_person = tick(label=PERSON)
    amount = MoneyField(label=gettext_lazy("应付金额（元）"))
    due_on = day(label=gettext_lazy("应付日期"), help_text=DUE_HELP)
    proof = line(label=gettext_lazy("依据或凭证（文号、文件）"), max_length=200)
    liability = choice(
        label=gettext_lazy("可向责任方追偿"),
        choices=(),
        help_text=gettext_lazy("由财政垫付、应由责任方承担的，选择责任方。"),
    )
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def __init__(self, *args: Any, liabilities: Iterable[Liability], **kwargs: Any) -> None:
        of = kwargs.get("of")
        if of is not None:
            kwargs["initial"] = {"liability": of.liability_id or "", **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.liabilities = {str(each.statement_id): each for each in liabilities}
        named = [(pk, f"{each.party}：{each.victims}") for pk, each in self.liabilities.items()]
        offer(self, "liability", [("", _("不追偿")), *named])

    def terms(self, **linked: Any) -> CostTerms:
        """Return what the valid form says; `linked` is the measure or the order that it comes from."""
        return CostTerms(
            **self.known("payee", "is_person", "amount", "due_on", "proof", "note"),
            kind=CostKind(self.cleaned_data["kind"]),
            liability=self.liabilities.get(self.cleaned_data["liability"]),
            **linked,
        )


class PaymentForm(EntryForm):
    """Money that moved for a cost."""

    asked: ClassVar[Sequence[str]] = ("amount", "paid_on", "proof", "note")

    amount = MoneyField(label=gettext_lazy("金额（元）"))
    paid_on = day(label=gettext_lazy("付款日期"))
    proof = line(label=gettext_lazy("凭证（文号、文件）"), max_length=200, required=True)
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["paid_on"].required = True
        self.fields["paid_on"].error_messages["required"] = _("请填写日期。")
        self.initial.setdefault("paid_on", timezone.localdate(self.at))

    def terms(self) -> PaymentTerms:
        """Return what the valid form says."""
        return PaymentTerms(**self.known("amount", "paid_on", "proof", "note"))


class PartyPaymentForm(PaymentForm):
    """Money that a responsible party paid, and to whom."""

    asked = ("flow", *PaymentForm.asked)
    field_order = ("flow",)

    flow = choice(
        label=gettext_lazy("付给谁"),
        choices=[UNSET, (Flow.COMPENSATED, _("赔偿给受害人")), (Flow.RECOVERED, _("归还财政垫付费用"))],
        required=True,
    )

    @property
    def chosen_flow(self) -> Flow:
        """To whom the party paid."""
        return Flow(self.cleaned_data["flow"])


class LiabilityForm(EntryForm):
    """What a responsible party owes one group of victims."""

    asked = ("party", "is_person", "victims", "people", "amount", "state", "basis", "note")

    party = line(label=gettext_lazy("责任单位或责任人"), max_length=120, required=True)
    is_person = tick(label=PERSON)
    victims = line(
        label=gettext_lazy("受害人群"),
        max_length=120,
        required=True,
        help_text=gettext_lazy("按人群登记，例如“住院患者”，不写姓名。"),
    )
    people = PeopleField(label=gettext_lazy("人数"), required=False)
    amount = MoneyField(label=gettext_lazy("应赔偿金额（元）"))
    state = choice(label=gettext_lazy("进展"), choices=LiabilityState.choices, required=True)
    basis = line(label=gettext_lazy("依据（协议、裁判、决定文书）"), max_length=200, required=True)
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def terms(self) -> LiabilityTerms:
        """Return what the valid form says."""
        names = ("party", "is_person", "victims", "people", "amount", "basis", "note")
        return LiabilityTerms(**self.known(*names), state=LiabilityState(self.cleaned_data["state"]))


class OrderForm(EntryForm):
    """What was mobilised or requisitioned."""

    asked = ("kind", "legal_basis", "document", "owner", "is_person", "item", "quantity", "taken_at", "note")

    kind = choice(label=gettext_lazy("类别"), choices=of_plan(OrderKind), required=True)
    legal_basis = line(label=gettext_lazy("法律依据"), max_length=200, required=True)
    document = line(label=gettext_lazy("文书编号"), max_length=120)
    owner = line(label=gettext_lazy("所有人或承担单位"), max_length=120, required=True)
    is_person = tick(label=PERSON)
    item = line(label=gettext_lazy("物资或任务"), max_length=200, required=True)
    quantity = line(label=gettext_lazy("数量"), max_length=80, required=True)
    taken_at = MomentField(label=gettext_lazy("动员或调用时间"))
    note = words(label=gettext_lazy("说明"), max_length=500, rows=2)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("taken_at", self.at)

    def terms(self, **linked: Any) -> OrderTerms:
        """Return what the valid form says."""
        names = ("legal_basis", "document", "owner", "is_person", "item", "quantity", "taken_at", "note")
        return OrderTerms(**self.known(*names), kind=OrderKind(self.cleaned_data["kind"]), **linked)


class EndForm(PlanForm):
    """What became of what was called on."""

    state = choice(
        label=gettext_lazy("结果"),
        choices=[UNSET, *((each.value, each.label_zh) for each in OrderState if each != OrderState.OPEN)],
        required=True,
    )
    ended_on = day(label=gettext_lazy("日期"))
    proof = line(label=gettext_lazy("凭证（签收单、文号）"), max_length=200, required=True)

    def __init__(self, *args: Any, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ended_on"].required = True
        self.fields["ended_on"].error_messages["required"] = _("请填写日期。")
        self.initial.setdefault("ended_on", timezone.localdate(at))

    def said(self) -> Mapping[str, Any]:
        """Return what the valid form says, as the action takes it."""
        return {**self.cleaned_data, "state": OrderState(self.cleaned_data["state"])}
