"""The year as a workbook: a sheet a table, the same numbers, marked with who took it and when."""

from collections.abc import Iterable

from reporting.spreadsheets import Page, as_book
from review.year.report import YearReport


def year_book(report: YearReport, marks: Iterable[tuple[str, str]]) -> bytes:
    """Return the workbook."""
    return as_book(
        Page(
            title=table.title,
            marks=[(report.title, ""), *marks],
            headings=[table.label, *table.headings],
            rows=[[row.label, *row.cells] for row in table.all_rows],
        )
        for table in report.tables
    )
