"""The year on paper: the tables told in words, in the layout of an official document (GB/T 9704-2012)."""

from collections.abc import Iterator

from plan.editions import EDITIONS
from reporting.documents.sheet import NOT_SIGNED, SEAL, Sheet
from reporting.documents.wording import in_chinese, moment, numeral
from review.year.report import YearReport
from review.year.suppression import SMALL
from review.year.tables import Row, Table, shown


@in_chinese
def year_sheet(report: YearReport, *, office: str, who: str) -> Sheet:
    """Lay the year out; whoever prints it is named, nobody has signed it."""
    edition = EDITIONS[-1]
    return Sheet(
        marks=(),
        masthead=office,
        number=f"{report.year.number}年度",
        attention="",
        title=report.title,
        to="",
        paragraphs=tuple(
            (f"{numeral(place)}、{table.title}", "\n".join(_said(table)))
            for place, table in enumerate(report.tables, 1)
        ),
        organ=office,
        date="",
        seal=SEAL,
        note=_note(report),
        copies="",
        hands=f"打印：{who}　{moment(report.at)}",
        footer=(f"依据《{edition.title}》（{edition.number}）7.2", NOT_SIGNED),
    )


def _said(table: Table) -> Iterator[str]:
    if not table.rows:
        yield "无。"
    for row in table.all_rows:
        yield f"{row.label}：{'，'.join(_cells(table, row))}。"


def _cells(table: Table, row: Row) -> Iterator[str]:
    for heading, unit, value in zip(table.headings, table.units, row.cells, strict=True):
        yield f"{heading.removesuffix('（元）')}{shown(value)}{unit}"


def _note(report: YearReport) -> str:
    if not report.has_left_out:
        return ""
    return f"（注：*为可能指认个人而隐去的人数，{SMALL}人以下及为防止由合计推算的项目；非预案规定。）"
