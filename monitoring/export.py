"""Observations as a workbook, and the table to fill in for the import (4.1(c), 8.2)."""

import csv
import io
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _

from monitoring.models import Observation
from monitoring.table import COLUMNS, REFERENCE
from reporting.spreadsheets import as_xlsx, stamp

MOST_ROWS: Final = 5_000


def exported(rows: Sequence[Observation], *, who: str, narrowed: str, at: datetime) -> bytes:
    """Return observations as a workbook, marked with who took them and when."""
    marks = [
        (_("导出人"), who),
        (_("导出时间（北京时间）"), stamp(at)),
        (_("条件"), narrowed or _("全部")),
    ]
    headings = [column.heading for column in COLUMNS] + [_("登记单位"), _("登记时间")]
    return as_xlsx(title=_("监测信息"), marks=marks, headings=headings, rows=[_line(row) for row in rows])


def template() -> bytes:
    """Return an empty table with the headings the import reads, as every spreadsheet opens it."""
    kept = io.StringIO()
    csv.writer(kept).writerow([column.heading for column in COLUMNS])
    return kept.getvalue().encode("utf-8-sig")


def _line(row: Observation) -> list[Any]:
    said = {
        REFERENCE: row.reference,
        "feed": row.get_feed_display(),
        "stream": row.get_stream_display(),
        "area": row.area.name,
        "occurred_at": stamp(row.occurred_at),
        "food": row.food,
        "stage": row.get_stage_display(),
        "factor": row.factor,
        "finding": row.get_finding_display(),
        "place_text": row.place_text,
        "summary": row.summary,
    }
    return [*(said[column.name] for column in COLUMNS), row.organisation.name, stamp(row.recorded_at)]
