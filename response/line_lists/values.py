"""What a cell means: dates however they are written, numbers that spreadsheets spoil, words for codes (5.1(3))."""

import re
import unicodedata
from datetime import date, datetime, time

from django.utils.translation import gettext as _
from openpyxl.utils.datetime import from_excel

from response.line_lists.cells import Cell
from response.line_lists.columns import NOTHING, Column, Kind

# Excel and WPS keep so many digits of a number; the rest become zeros.
DIGITS_KEPT = 15
# Serial numbers of days that can be meant: 1982 to 2064; birthdays go back further.
SERIALS, BIRTH_SERIALS = range(30_000, 60_001), range(1, 60_001)
DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
SHORT_DATE = re.compile(r"(\d{4})(\d{2})(\d{2})")
TIME = re.compile(
    r"(上午|下午|晚上|凌晨|中午)?(\d{1,2})(?::|时|点)(\d{1,2})?(?:分|:\d{1,2}(?:\.\d+)?秒?|分\d{1,2}秒?)?"
)
NOON, HALF_DAY = 12, 12
YES = frozenset({"是", "有", "√", "✓", "Y", "YES", "1", "TRUE", "对"})
NO = frozenset({"否", "无", "×", "X", "N", "NO", "0", "FALSE", "没有"})
AGE = re.compile(r"(\d{1,3})(?:岁|周岁)?")
COUNT = re.compile(r"(\d{1,6})(?:次|次/天|人)?")
MONTHS = re.compile(r"\d{1,3}(?:个?月龄?|天)")


class Unreadable(ValueError):
    """A cell that can't be read, with the reason in Chinese."""


def read(cell: Cell, column: Column) -> object:
    """Return what a cell says, as the body of a report carries it; None if it says nothing, Unreadable with the reason."""
    text = written(cell)
    if text.upper() in NOTHING and column.kind != Kind.YES and text not in (column.choices or ()):
        return None
    if column.kind == Kind.MOMENT:
        return _moment(cell, text)
    if column.kind == Kind.DAY:
        return _day(cell, text)
    if column.kind in (Kind.NUMBER, Kind.CODE):
        return _number(cell, text)
    if column.kind == Kind.YES:
        return _yes(text)
    if column.kind == Kind.CHOICE:
        return _choice(text, column.choices or {})
    return _simple(text, column.kind)


def written(cell: Cell) -> str:
    """Return what a cell says as text, a whole number without a decimal point."""
    value = cell.value
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unicodedata.normalize("NFKC", "" if value is None else str(value)).strip()
    return text.zfill(cell.zeros) if cell.zeros and isinstance(value, int) else text


def _simple(text: str, kind: Kind) -> object:
    if kind == Kind.WORDS:
        return [word for word in re.split(r"[、,;，；\s]+", text) if word]
    if kind == Kind.DEGREES:
        number = text.removesuffix("℃").removesuffix("度").removesuffix("°C")
        try:
            return float(number)
        except ValueError:
            raise Unreadable(_("不是体温，请写数字，如38.5。")) from None
    if kind == Kind.COUNT:
        match = COUNT.fullmatch(text)
        if match is None:
            raise Unreadable(_("不是次数或人数，请写整数。"))
        return int(match[1])
    if kind == Kind.AGE:
        match = AGE.fullmatch(text)
        if match is None and not MONTHS.fullmatch(text):
            raise Unreadable(_("不是年龄，请写周岁数。"))
        return int(match[1]) if match else 0
    return text


def _number(cell: Cell, text: str) -> str:
    """Return a number that is a name; one that a spreadsheet has rounded is refused, for its end is lost."""
    is_number = isinstance(cell.value, int | float) and not isinstance(cell.value, bool)
    digits = re.sub(r"\D", "", text)
    if re.fullmatch(r"\d(?:\.\d+)?E\+?\d+", text.upper()) or (is_number and len(digits) > DIGITS_KEPT):
        raise Unreadable(
            _("已被表格软件存成数字（如1.1E+17），末几位已丢失。请把整列设为“文本”格式后重新填写。")
        )
    if is_number and "." in text:
        raise Unreadable(_("不是编号：带有小数。"))
    # An apostrophe is how one makes Excel take a number as text.
    return text.lstrip("'`‘’")


def _moment(cell: Cell, text: str) -> str:
    value = _from_serial(cell)
    if isinstance(value, datetime):
        if value.time() == time() and not cell.shows_time:
            raise Unreadable(_NO_TIME())
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, date):
        raise Unreadable(_NO_TIME())
    day, rest = _date_in(text)
    if not rest:
        raise Unreadable(_NO_TIME())
    match = TIME.fullmatch(rest)
    if match is None:
        raise Unreadable(_NOT_A_TIME())
    hour, minute = int(match[2]), int(match[3] or 0)
    if match[1] in ("下午", "晚上") and hour < NOON:
        hour += HALF_DAY
    try:
        moment = datetime.combine(day, time(hour, minute))
    except ValueError:
        raise Unreadable(_NOT_A_TIME()) from None
    return f"{moment:%Y-%m-%dT%H:%M}"


def _day(cell: Cell, text: str) -> str:
    value = _from_serial(cell, BIRTH_SERIALS)
    if isinstance(value, date):
        return f"{value:%Y-%m-%d}"
    return f"{_date_in(text)[0]:%Y-%m-%d}"


def _from_serial(cell: Cell, serials: range = SERIALS) -> object:
    """Return the date behind a number; Excel counts days from 1900, and forgets that a cell was a date when pasted."""
    value = cell.value
    if isinstance(value, str) and re.fullmatch(r"\d{5}(\.\d+)?", value):
        value = float(value)
    if isinstance(value, int | float) and not isinstance(value, bool) and int(value) in serials:
        found = from_excel(value)
        return found.date() if isinstance(found, datetime) and float(value).is_integer() else found
    return value


def _date_in(text: str) -> tuple[date, str]:
    """Return the date a text begins with, and the rest."""
    match = DATE.match(text) or SHORT_DATE.match(text)
    if match is None:
        raise Unreadable(_("看不出年、月、日，请写成2026-11-24 09:30。"))
    try:
        day = date(*(int(part) for part in match.groups()))
    except ValueError:
        raise Unreadable(_("没有这一天。")) from None
    return day, re.sub(r"\s", "", text[match.end() :]).removeprefix("T")


def _yes(text: str) -> bool | None:
    if text.upper() in YES:
        return True
    if text.upper() in NO:
        return False
    if text.upper() in NOTHING:
        return None
    raise Unreadable(_("请写“是”或“否”。"))


def _choice(text: str, choices: dict[str, str] | object) -> str:
    known = choices if isinstance(choices, dict) else {}
    if text not in known:
        raise Unreadable(_("不在所列各项中：%s。") % "、".join(known))
    return known[text]


def _NO_TIME() -> str:
    return _("只有日期，没有时刻。请补填时和分；不清楚的留空。")


def _NOT_A_TIME() -> str:
    return _("时刻看不懂，请写成2026-11-24 09:30。")
