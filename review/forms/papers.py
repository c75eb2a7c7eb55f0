"""Forms of the papers of 7.2: write, sign, send, confirm."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, offer, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from plan.papers import PAPERS, PaperKind
from reporting.models import SendChannel
from review.content import Draft


class SeenPaperForm(PlanForm):
    """An act on a paper as the person has it before them."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False)


class PaperForm(SeenPaperForm):
    """The text of a paper, part by part; each begins as the record drafts it."""

    def __init__(self, *args: Any, draft: Draft, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"seen": draft.number, **draft.said}
        self.parts = PAPERS[PaperKind(draft.paper.kind)].parts
        for part in self.parts:
            hint = "" if part.of_plan else gettext_lazy("预案未规定这份文书的内容，分项为本系统所拟。")
            self.fields[part.code] = words(label=part.label_zh, max_length=20_000, rows=10, help_text=hint)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {"text": {part.code: data[part.code] for part in self.parts}, "seen": data["seen"]}


class SendPaperForm(PlanForm):
    """Where a signed paper goes, and how; whom 7.2 names is ticked already."""

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("接收单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一个接收单位。")},
        help_text=gettext_lazy("已勾选的由预案7.2按事故级别规定；其余为通报。"),
    )
    channel = choice(label=gettext_lazy("方式"), choices=SendChannel.choices, required=True)

    def __init__(
        self, *args: Any, named: Sequence[Organisation], others: Sequence[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offices = {each.code: each for each in (*named, *others)}
        self.initial.setdefault("recipients", [each.code for each in named])
        names = [(code, each.name) for code, each in self.offices.items()]
        offer(self, "recipients", names)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "recipients": [self.offices[code] for code in data["recipients"]],
            "channel": SendChannel(data["channel"]),
        }


class PaperReceiptForm(PlanForm):
    """Who has the paper, and since when."""

    receiver = line(label=gettext_lazy("确认收到的人"), max_length=60, required=True)
    received_at = MomentField(label=gettext_lazy("收到的时间"), required=False)
