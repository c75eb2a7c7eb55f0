"""Fields and objects of the API that refuse what they don't know, all errors at once."""

import re
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail

from plan.editions import edition_for
from plan.refusal import PlanRefusal

BEIJING = ZoneInfo("Asia/Shanghai")
# A sender's clock may run ahead by this much; such times are read as the time of receipt.
CLOCK_TOLERANCE = timedelta(minutes=5)

CITIZEN_NUMBER = re.compile(r"\d{17}[\dXx]")
# Within a text: six figures of a place, a date of birth, three figures and a check digit.
CITIZEN_WITHIN = re.compile(
    r"(?<!\d)\d{6}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)"
)
MOBILE_WITHIN = re.compile(r"(?<![0-9A-Za-z])1[3-9]\d{9}(?![0-9A-Za-z])")
SHOWN = 4


def not_a_citizen_number(number: str) -> None:
    """Refuse a citizen's number; not a validator of Django's, which the schema would publish as the pattern to follow."""
    if CITIZEN_WITHIN.search(number):
        raise serializers.ValidationError(
            _("编号不能用身份证号；请用本院编号，身份证号放入personal。"), code="personal_data"
        )


class Word(serializers.CharField):
    """A text; a number in its place is refused, as leading zeros may have gone with it."""

    def to_internal_value(self, data: Any) -> str:
        """Read the text."""
        if not isinstance(data, str):
            self.fail("invalid")
        text: str = super().to_internal_value(data)
        return text


class Text(Word):
    """Free text, which others read: numbers of persons in it are masked; the raw body has them."""

    def to_internal_value(self, data: Any) -> str:
        """Read the text, citizens' and mobile numbers down to their last figures."""
        text = super().to_internal_value(data)
        for pattern in (CITIZEN_WITHIN, MOBILE_WITHIN):
            text = pattern.sub(lambda found: found[0][-SHOWN:].rjust(len(found[0]), "*"), text)
        return text


class Strict(serializers.Serializer[Any]):
    """An object that refuses keys it does not know: a misspelt count must not vanish."""

    def to_internal_value(self, data: Any) -> Any:
        """Read the object; unknown keys are reported beside all other errors."""
        errors: dict[Any, Any] = {}
        read: Any = None
        try:
            read = super().to_internal_value(data)
        except serializers.ValidationError as wrong:
            errors = dict(wrong.detail) if isinstance(wrong.detail, Mapping) else {}
        if isinstance(data, Mapping):
            text = _("没有这个字段。个人信息请放入personal，其余见接口说明。")
            errors |= {
                name: [ErrorDetail(str(text), "unknown_field")] for name in data if name not in self.fields
            }
        if errors:
            raise serializers.ValidationError(errors)
        return read


class Instant(serializers.DateTimeField):
    """A time to the minute or finer; without an offset it is Beijing time (A58)."""

    default_error_messages = {
        "time_in_future": _("时间不能晚于现在。请核对日期、时间和时区（不带时区的按北京时间）。"),
    }

    def to_internal_value(self, value: Any) -> datetime:
        """Read the time; refuse a bare date, the future (5.2) and days before the first edition (9.3)."""
        if not isinstance(value, str) or ":" not in value:
            self.fail("invalid", format="2026-05-01T12:30:00+08:00")
        moment = super().to_internal_value(value)
        at: datetime = self.context["at"]
        if moment > at + CLOCK_TOLERANCE:
            self.fail("time_in_future")
        try:
            edition_for(moment.astimezone(BEIJING).date())
        except PlanRefusal as refusal:
            raise serializers.ValidationError(refusal.message_zh, refusal.code) from refusal
        return min(moment, at)


class Number(serializers.IntegerField):
    """A number of people; null where it is not known yet."""

    def __init__(self, **options: Any) -> None:
        super().__init__(min_value=0, max_value=1_000_000, allow_null=True, **options)
