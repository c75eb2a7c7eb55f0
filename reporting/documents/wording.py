"""How official documents write moments, numerals, numbers of people and changes; always in Chinese, whoever reads the page."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Final, ParamSpec, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from incidents.models import FactKind
from reporting.models import DocumentKind

BEIJING: Final = ZoneInfo("Asia/Shanghai")
UNKNOWN: Final = "暂不清楚，续报补充。"
# In the draft of a 终报 only: it is not signed with one.
TO_FILL_IN: Final = "（待填写）"
_DIGITS: Final = "〇一二三四五六七八九"
_NAMES: Final = {
    FactKind.ILLNESS: "发病",
    FactKind.INPATIENTS: "住院",
    FactKind.SEVERE: "重症",
    FactKind.DEATHS: "死亡",
}
Given = ParamSpec("Given")
Made = TypeVar("Made")


def in_chinese(making: Callable[Given, Made]) -> Callable[Given, Made]:
    """Let what goes into a document be in Chinese, whatever language its writer reads the pages in."""

    @wraps(making)
    def made(*args: Given.args, **kwargs: Given.kwargs) -> Made:
        with translation.override(settings.LANGUAGE_CODE):
            return making(*args, **kwargs)

    return made


def moment(instant: datetime) -> str:
    """Return an instant as a document writes it, in Beijing time, 24 hours, without leading zeros of the day."""
    local = instant.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日{local:%H时%M分}"


def day(instant: datetime) -> str:
    """Return the day of an instant as under a signature (GB/T 9704: no zero before a digit)."""
    local = instant.astimezone(BEIJING)
    return f"{local.year}年{local.month}月{local.day}日"


def interval(earliest: datetime, latest: datetime) -> str:
    """Return when something happened, one instant where both ends are the same (A48)."""
    return moment(earliest) if earliest == latest else f"{moment(earliest)}至{moment(latest)}之间"


def numeral(number: int) -> str:
    """Return a number up to 99 in Chinese numerals, as follow-ups are counted."""
    tens, ones = divmod(number, 10)
    ten = "" if tens == 0 else "十" if tens == 1 else f"{_DIGITS[tens]}十"
    return ten + (_DIGITS[ones] if ones or not tens else "")


def serial_name(kind: str, serial: int) -> str:
    """Return what a document is called: 初报, 续报一, 续报二, 终报, 电话记录."""
    label = str(DocumentKind(kind).label)
    return f"{label}{numeral(serial)}" if kind == DocumentKind.FOLLOW_UP else label


def people(numbers: Mapping[str, int], as_of: datetime | None) -> str:
    """Return the numbers of people on record; what nobody has stated is said to be unknown (5.2)."""
    said = [f"{name}{numbers[kind]}人" for kind, name in _NAMES.items() if kind in numbers]
    if as_of is None or not said:
        return "人数暂不清楚。"
    known = "" if FactKind.ILLNESS in numbers else "发病人数暂不清楚，"
    return f"截至{moment(as_of)}，{known}{'，'.join(said)}。"


def change(numbers: Mapping[str, int], before: Mapping[str, int], name: str) -> str:
    """Return what changed since the report before: each number's growth or fall, or that none did."""
    said = [
        f"{label}{_grown(numbers[kind], before.get(kind))}"
        for kind, label in _NAMES.items()
        if kind in numbers and numbers[kind] != before.get(kind)
    ]
    return f"与{name}相比，{'，'.join(said) if said else '各项人数无变化'}。"


def _grown(now: int, before: int | None) -> str:
    if before is None:
        return f"新报{now}人"
    return f"增加{now - before}人" if now > before else f"减少{before - now}人"
