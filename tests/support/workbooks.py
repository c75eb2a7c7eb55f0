"""Workbooks as hospitals' desks have them, clean and dirty."""

import io
from datetime import UTC, datetime, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from audit.clock import database_now
from incidents.actions.incidents import BEIJING
from tests.support.cases import citizen

FIRST_DAY = datetime(1899, 12, 30, tzinfo=UTC)
HEADINGS = ("病例编号", "姓名", "身份证号", "性别", "年龄", "发病时间", "症状", "转归", "就餐地点")


def earlier(minutes: float) -> datetime:
    """A moment before now as a cell of a workbook holds it: Beijing time without a zone, to the minute."""
    moment = database_now().astimezone(BEIJING) - timedelta(minutes=minutes)
    return moment.replace(tzinfo=None, second=0, microsecond=0)


def patient(number: int, **changes: Any) -> list[Any]:
    """One clean row."""
    values = {
        "病例编号": f"A-{number}",
        "姓名": f"病人{number}",
        "身份证号": citizen(number),
        "性别": "女",
        "年龄": 30,
        "发病时间": earlier(60 + number),
        "症状": "呕吐、腹泻",
        "转归": "治疗中",
        "就餐地点": "甬江饭店",
    } | changes
    return [values[heading] for heading in HEADINGS]


def sheet_of(*rows: list[Any], headings: tuple[str, ...] = HEADINGS) -> tuple[Workbook, Worksheet]:
    """A workbook and its sheet, the headings in its first row."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (list(headings), *rows):
        sheet.append(row)
    return book, sheet


def saved(book: Workbook) -> bytes:
    """The file of a workbook."""
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def workbook(*rows: list[Any], **more: Any) -> bytes:
    """The file of a workbook with these rows."""
    return saved(sheet_of(*rows, **more)[0])


def serial(moment: datetime) -> float:
    """A moment as Excel counts it, in days from 1900."""
    return (moment.replace(tzinfo=UTC) - FIRST_DAY) / timedelta(days=1)


def dirty() -> bytes:
    """A workbook with a title, merged cells, blanks and sums, and every habit that can be read; five patients."""
    book, sheet = sheet_of(headings=("甬江饭店聚餐病例一览表",))
    sheet.merge_cells("A1:I1")
    sheet.append([])
    sheet.append(
        ["编号 *", "姓 名", "身份证号码（18位）", "性别", "年龄", "发病日期", "主要症状", "转归", "就餐地点"]
    )
    moment = earlier(90)
    rows = [
        patient(1, 病例编号=7, 发病时间=serial(moment)),
        patient(
            2, 病例编号="0008", 身份证号=f"'{citizen(2)}", 发病时间=f"{moment:%Y/%-m/%-d %-H:%M}", 年龄="28岁"
        ),
        [None] * 9,
        patient(
            3, 病例编号="0009", 发病时间=f"{moment:%Y年%-m月%-d日%-H时%-M分}", 性别="男性", 就餐地点=None
        ),
        patient(4, 病例编号="0010", 发病时间=f"{moment:%Y.%m.%d  %H:%M:%S}", 转归="痊愈", 就餐地点=None),
        patient(5, 病例编号="0011", 身份证号="不详", 发病时间=moment, 症状="呕吐 腹泻；发热"),
        ["合计", "5人"],
        ["填表人：李某"],
    ]
    for row in rows:
        sheet.append(row)
    sheet["A4"].number_format = "0000"
    sheet["F8"].number_format = "yyyy-mm-dd hh:mm"
    sheet.merge_cells("I5:I8")
    return saved(book)
