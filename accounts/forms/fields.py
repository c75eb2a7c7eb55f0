"""Fields that several forms share: Beijing moments, numbers of people, short and long text, with errors in Chinese."""

from collections.abc import Iterable
from datetime import datetime
from decimal import Decimal
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils.translation import gettext_lazy as _

# Moments outside are slips of the finger; the plan's own limits are checked by the actions.
YEARS = range(2000, 2100)
MOST_PEOPLE = 10_000_000
NOTE_LENGTH = 2000
# The length is checked here and not by the browser, which would cut a pasted text without a word.
_TEXT_ERRORS: dict[str, Any] = {
    "required": _("请填写这一项。"),
    "max_length": _("最多%(limit_value)d个字，现有%(show_value)d个。"),
    "null_characters_not_allowed": _("含有不能保存的字符，请删去后重新输入。"),
}


class MomentField(forms.DateTimeField):
    """A minute in Beijing time (A58), as a phone's own picker gives it."""

    default_error_messages = {
        "invalid": _("请按“年-月-日 时:分”填写，例如 2026-11-24 09:30。"),
        "required": _("请填写时间。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"type": "datetime-local", "class": "form-control", "step": "60"}
        super().__init__(widget=forms.DateTimeInput(attrs=attrs, format="%Y-%m-%dT%H:%M"), **kwargs)

    def to_python(self, value: Any) -> datetime | None:
        """Parse, and refuse years that no clock of an incident can show."""
        moment = super().to_python(value)
        if moment is not None and moment.year not in YEARS:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return moment


class PeopleField(forms.IntegerField):
    """A number of people, typed on a number pad; text, so that what was mistyped stays to be seen."""

    default_error_messages = {
        "invalid": _("请用数字填写人数。"),
        "required": _("请填写人数。"),
        "min_value": _("人数不能是负数。"),
        "max_value": _("人数不能超过%(limit_value)d。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "class": "form-control num"}
        super().__init__(widget=forms.TextInput(attrs=attrs), min_value=0, max_value=MOST_PEOPLE, **kwargs)


class MoneyField(forms.DecimalField):
    """An amount of yuan, exact to the cent."""

    default_error_messages = {
        "invalid": _("请用数字填写金额，最多两位小数。"),
        "required": _("请填写金额。"),
        "min_value": _("金额须大于零。"),
        "max_digits": _("金额过大。"),
        "max_decimal_places": _("金额最多两位小数。"),
        "max_whole_digits": _("金额过大。"),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "decimal", "autocomplete": "off", "class": "form-control num"}
        given = {"min_value": Decimal("0.01"), "max_digits": 14, "decimal_places": 2, **kwargs}
        super().__init__(widget=forms.TextInput(attrs=attrs), **given)


def line(*, max_length: int, required: bool = False, label: Any, help_text: Any = "") -> forms.CharField:
    """Return a field of one line of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[MaxLengthValidator(max_length)],
        widget=forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"}),
        error_messages=_TEXT_ERRORS,
    )


def words(
    *,
    label: Any,
    required: bool = False,
    max_length: int = NOTE_LENGTH,
    rows: int = 3,
    help_text: Any = "",
) -> forms.CharField:
    """Return a field of several lines of text."""
    return forms.CharField(
        label=label,
        help_text=help_text,
        required=required,
        validators=[MaxLengthValidator(max_length)],
        widget=forms.Textarea(attrs={"class": "form-control", "rows": rows}),
        error_messages=_TEXT_ERRORS,
    )


def choice(*, label: Any, choices: Any, required: bool = False, help_text: Any = "") -> forms.ChoiceField:
    """Return a field that picks one of several."""
    return forms.ChoiceField(
        label=label,
        choices=choices,
        required=required,
        help_text=help_text,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"required": _("请选择一项。"), "invalid_choice": _("请从所列各项中选择。")},
    )


def offer(form: forms.Form, name: str, choices: Iterable[tuple[Any, Any]]) -> None:
    """Let a field of a form pick among what only the request knows."""
    cast(forms.ChoiceField, form.fields[name]).choices = list(choices)


def tick(*, label: Any) -> forms.BooleanField:
    """Return a field that is ticked or not."""
    return forms.BooleanField(label=label, required=False)


def day(*, label: Any, help_text: Any = "") -> forms.DateField:
    """Return a field for a day in Ningbo, which may stay empty."""
    return forms.DateField(
        label=label,
        help_text=help_text,
        required=False,
        widget=forms.DateInput(attrs={"type": "date", "class": "form-control"}, format="%Y-%m-%d"),
        error_messages={"invalid": _("请按“年-月-日”填写，例如 2026-11-24。")},
    )
