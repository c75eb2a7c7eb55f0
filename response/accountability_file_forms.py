"""Forms of an accountability file: evidence, a question and its answer, referrals, outcomes, its end (3.4.1, 7.3)."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, day, line, offer, words
from accounts.models import Organisation
from accounts.moments import minute
from plan.accountability import ReferralKind, ReferralStep
from response.chronicle import ChronicleEntry
from response.measure_forms import UNSET, OnceForm
from response.models import Referral


class EvidenceForm(OnceForm):
    """Which acts on record to link."""

    acts = forms.MultipleChoiceField(
        label=gettext_lazy("存证记录"),
        choices=(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": gettext_lazy("请选择至少一条记录。"),
            "invalid_choice": gettext_lazy("请从列出的记录中选择。"),
        },
    )

    def __init__(self, *args: Any, offered: Sequence[ChronicleEntry], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(
            self,
            "acts",
            [
                (str(each.pk), " ".join(filter(None, (minute(each.at), each.who, each.what, each.detail))))
                for each in offered
            ],
        )


class QuestionForm(OnceForm):
    """What the unit is asked to explain, and by when."""

    question = words(label=gettext_lazy("要求说明的事项"), required=True, max_length=1000)
    due_at = MomentField(
        label=gettext_lazy("答复时间"), help_text=gettext_lazy("预案没有规定时数，由本单位确定。")
    )


class AnswerForm(OnceForm):
    """The unit's own answer."""

    answer = words(label=gettext_lazy("说明"), required=True, rows=6)


class RecordedAnswerForm(AnswerForm):
    """An answer entered for a unit, with how it came here."""

    source = line(
        label=gettext_lazy("来源"),
        required=True,
        max_length=200,
        help_text=gettext_lazy("例如：来函文号、谈话笔录及日期。"),
    )
    answered_at = MomentField(label=gettext_lazy("作出说明的时间"))


class ReferralForm(OnceForm):
    """A referral on one ground: the organ, and each condition of the ground on its own."""

    addressee = line(label=gettext_lazy("受移送机关名称"), required=True, max_length=60)
    contact = line(label=gettext_lazy("本单位联系人和电话"), required=True, max_length=60)

    def __init__(self, *args: Any, kind: ReferralKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        usual = Organisation.objects.filter(kind=kind.usual).first() if kind.usual else None
        self.initial.setdefault("addressee", usual.name if usual else "")
        self.conjuncts = [name for name, _label in kind.conjuncts]
        for name, label in kind.conjuncts:
            self.fields[name] = words(
                label=label,
                required=True,
                rows=4,
                help_text=_("只写记录和证据显示的情况，是否属实由受移送机关认定。"),
            )
        self.order_fields(["form_token", *self.conjuncts, "addressee", "contact"])

    def said(self) -> dict[str, str]:
        """Return the conditions by name."""
        return {name: self.cleaned_data[name] for name in self.conjuncts}


class ReferralStepForm(OnceForm):
    """How far a referral has come."""

    step = choice(label=gettext_lazy("进展"), choices=(), required=True)
    happened_at = MomentField(label=gettext_lazy("时间"))
    proof = line(
        label=gettext_lazy("凭据"),
        max_length=200,
        help_text=gettext_lazy("送出方式，或对方签收人、回执文号。作废的不填。"),
    )
    reason = words(
        label=gettext_lazy("理由"),
        max_length=500,
        rows=2,
        help_text=gettext_lazy("不予受理、退回、作废的须填写。"),
    )

    def __init__(self, *args: Any, steps: Sequence[ReferralStep], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self, "step", [UNSET, *((each.value, each.label_zh) for each in steps)])


class OutcomeForm(OnceForm):
    """What a competent body decided, by its document."""

    referral = choice(label=gettext_lazy("所依据的移送"), choices=())
    body = line(label=gettext_lazy("作出处理的机关"), required=True, max_length=60)
    document_number = line(label=gettext_lazy("文号"), required=True, max_length=60)
    decided_on = day(label=gettext_lazy("作出日期"))
    outcome = words(
        label=gettext_lazy("处理结果"),
        required=True,
        max_length=1000,
        help_text=gettext_lazy("照文件登记；系统和本单位不作出处理结论。"),
    )

    def __init__(self, *args: Any, referrals: Sequence[Referral], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.referrals = {str(each.pk): each for each in referrals}
        names = [(pk, f"{each.addressee} {each.ground.ground_zh}") for pk, each in self.referrals.items()]
        offer(self, "referral", [("", _("不是移送的结果")), *names])
        self.fields["decided_on"].required = True


class CloseForm(OnceForm):
    """The end of a file."""

    reason = words(
        label=gettext_lazy("办结理由"),
        max_length=500,
        help_text=gettext_lazy("没有处理结果的，须写明理由。"),
    )
