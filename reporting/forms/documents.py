"""Forms of the reports of 5.1(8): begin one, record a call, edit, sign, send, confirm."""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from accounts.forms.fields import MomentField, choice, line, offer, tick, words
from accounts.forms.plan_form import PlanForm
from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import family_ids
from reporting.actions.documents import PHONE_CHANNEL
from reporting.document_page import DocumentPage
from reporting.documents.content import addressees
from reporting.documents.marks import Marks
from reporting.first_limb import bearers
from reporting.models import DocumentKind, Secrecy, SendChannel, Urgency

WHY = "why-"
WRITTEN = (DocumentKind.FIRST, DocumentKind.FOLLOW_UP, DocumentKind.FINAL)


class NewDocumentForm(PlanForm):
    """Whose report, and which (5.1(8))."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=(), required=True)
    kind = choice(
        label=gettext_lazy("报告"), choices=[(kind.value, kind.label) for kind in WRITTEN], required=True
    )

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.bearers = {each.code: each for each in bearers(family_ids(incident))}
        offer(self, "bearer", _names(self.bearers))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {"bearer": self.bearers[data["bearer"]], "kind": DocumentKind(data["kind"])}


class CallForm(PlanForm):
    """A report by phone (5.1(8)); it counts from when the call was answered (A18)."""

    bearer = choice(label=gettext_lazy("报告单位"), choices=(), required=True)
    recipient = choice(label=gettext_lazy("接报单位"), choices=(), required=True)
    called_at = MomentField(label=gettext_lazy("接通的时间"))
    receiver = line(label=gettext_lazy("接报人"), max_length=60, required=True)
    channel = line(label=gettext_lazy("渠道"), max_length=80, required=True)

    def __init__(self, *args: Any, incident: Incident, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("channel", PHONE_CHANNEL)
        self.bearers = {each.code: each for each in bearers(family_ids(incident))}
        self.offices = _recipients()
        offer(self, "bearer", _names(self.bearers))
        offer(self, "recipient", _names(self.offices))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            **{name: data[name] for name in ("called_at", "receiver", "channel")},
            "bearer": self.bearers[data["bearer"]],
            "recipient": self.offices[data["recipient"]],
        }


class DocumentForm(PlanForm):
    """The text of a report, field by field; in a 终报 beside each why it can't be known."""

    secrecy = choice(
        label=gettext_lazy("密级"),
        choices=Secrecy.choices,
        help_text=gettext_lazy("涉及国家秘密的，不得在未经批准的系统中处理，请按保密规定办理。"),
    )
    secret_for = line(
        label=gettext_lazy("保密期限"), max_length=10, help_text=gettext_lazy("标注密级的填写，例如 1年。")
    )
    urgency = choice(label=gettext_lazy("紧急程度"), choices=Urgency.choices, required=True)
    copies = line(label=gettext_lazy("抄送"), max_length=200)
    seen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, page: DocumentPage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        document = page.document
        self.initial = {
            **{each.name: getattr(document, each.name) for each in fields(Marks)},
            "seen": document.edited_at.isoformat(),
            **page.said,
            **{WHY + code: why for code, why in document.unknown.items()},
        }
        self.codes = [field.code for field in page.fields]
        for field in page.fields:
            hint = gettext_lazy("预案5.2要求的内容；尚不清楚的可以留空，续报补充。") if field.of_plan else ""
            self.fields[field.code] = words(label=field.label, max_length=4000, help_text=hint)
            if document.kind == DocumentKind.FINAL:
                self.fields[WHY + field.code] = line(label=gettext_lazy("上一项不详的原因"), max_length=200)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "text": {code: data[code] for code in self.codes},
            "unknown": {code: data.get(WHY + code, "") for code in self.codes},
            "marks": Marks(
                urgency=Urgency(data["urgency"]),
                secrecy=Secrecy(data["secrecy"]),
                secret_for=data["secret_for"].strip(),
                copies=data["copies"].strip(),
            ),
            "seen": data["seen"],
        }


class SeenForm(PlanForm):
    """An act on a report as the person has it before them."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SignForm(SeenForm):
    """Sign a report; who wrote it gives a reason for signing alone, and says so if others on duty can't be reached."""

    is_unreached = tick(label=gettext_lazy("已联系值班的其他人员，联系不上"))

    alone_reason = words(
        label=gettext_lazy("一人拟稿并签发的理由"),
        max_length=300,
        rows=2,
        help_text=gettext_lazy("您是拟稿人。夜间等确无他人时写明理由，事后须由另一人补签。"),
    )

    def __init__(self, *args: Any, is_alone: bool, others: Collection[str] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not is_alone:
            del self.fields["alone_reason"]
        if not others:
            del self.fields["is_unreached"]


class SendForm(PlanForm):
    """Where a signed report goes, and how (5.1(8))."""

    recipients = forms.MultipleChoiceField(
        label=gettext_lazy("接收单位"),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": gettext_lazy("请至少选择一个接收单位。")},
    )
    channel = choice(
        label=gettext_lazy("方式"),
        choices=SendChannel.choices,
        required=True,
        help_text=gettext_lazy("经本系统报送，发出即送达；其他方式以登记的收到时间为准。"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.offices = _recipients()
        self.initial.setdefault("recipients", list(self.offices))
        offer(self, "recipients", _names(self.offices))

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = self.cleaned_data
        return {
            "recipients": [self.offices[code] for code in data["recipients"]],
            "channel": SendChannel(data["channel"]),
        }


class ReceiptForm(PlanForm):
    """Who has the report, and since when if it did not come through this system (A18)."""

    receiver = line(label=gettext_lazy("确认收到的人"), max_length=60, required=True)
    received_at = MomentField(label=gettext_lazy("对方收到的时间"), required=False)

    def __init__(self, *args: Any, came_by_system: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if came_by_system:
            del self.fields["received_at"]


def _recipients() -> dict[str, Organisation]:
    offices = Organisation.objects.filter(kind__in=addressees()).order_by("pk")
    return {each.code: each for each in offices}


def _names(organisations: dict[str, Organisation]) -> list[tuple[str, str]]:
    return [(code, each.name) for code, each in organisations.items()]
