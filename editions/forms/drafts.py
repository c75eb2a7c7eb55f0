"""Sending in a revision, and recording a review of the plan (9.1)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import choice, day, line, words
from accounts.forms.plan_form import PlanForm
from editions.models import ReviewOutcome

LARGEST = 500_000


def file(label: Any, help_text: Any, kinds: str) -> forms.FileField:
    """Return a field for one text file."""
    return forms.FileField(
        label=label,
        help_text=help_text,
        widget=forms.ClearableFileInput(attrs={"class": "form-control", "accept": kinds}),
        error_messages={"required": _("请选择文件。"), "empty": _("文件是空的。")},
    )


class DraftForm(PlanForm):
    """A revision: its numbers and its words, each a file."""

    numbers = file(_("数值文件"), _("TOML文件：文号、施行日和与现行版不同的数值。"), ".toml,text/plain")
    words = file(_("条文文件"), _("Markdown文件：修订稿全文，标题和编号与现行版同样写法。"), ".md,text/plain")

    def clean_numbers(self) -> str:
        """Return the file's text."""
        return _text(self.cleaned_data["numbers"])

    def clean_words(self) -> str:
        """Return the file's text."""
        return _text(self.cleaned_data["words"])


class ReviewForm(PlanForm):
    """A review of the plan: when, with whom, what was found, what follows."""

    held_on = day(label=_("评估日期"))
    with_whom = line(label=_("会同单位"), max_length=300, required=True)
    findings = words(label=_("评估意见"), required=True)
    outcome = choice(label=_("结论"), choices=ReviewOutcome.choices, required=True)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["held_on"].required = True


class LawForm(PlanForm):
    """Which version of an instrument is current."""

    name = line(label=_("名称"), max_length=100, required=True)
    version = line(label=_("现行版本"), max_length=100, required=True, help_text=_("文号、令号或修正次数。"))
    amended_on = day(label=_("最近修订日期"), help_text=_("没有修订留空；晚于本预案印发日的会被提示。"))


def _text(sent: "UploadedFile[bytes]") -> str:
    if sent.size is None or sent.size > LARGEST:
        raise ValidationError(_("文件超过500 kB。"))
    try:
        return bytes(sent.read()).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise ValidationError(_("文件不是UTF-8文本。")) from None
