"""The timeliness statistics as a file for a spreadsheet: marked with who made it and when (预案 5.1)."""

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Any, Final

from django.utils.translation import gettext as _

from reporting.alerts import BEIJING
from reporting.quality import Accuracy, Form, Quality
from reporting.spreadsheets import harmless
from reporting.timeliness import Outcome, Scope, Tally, Timeliness

# Spreadsheets take the file for UTF-8 by this mark alone.
BOM: Final = "\ufeff"


def as_csv(found: Timeliness, quality: Sequence[Quality], *, who: str, office: str, at: datetime) -> str:
    """Return the whole page's numbers, each row named by its grouping; form and accuracy in a table below."""
    asked = found.asked
    lines: list[Sequence[Any]] = [
        [_("报告时效统计"), f"{asked.since}", f"{asked.until}", Scope(asked.scope).label],
        [_("区县（市）"), asked.county.name if asked.county else _("全部")],
        [_("导出人"), who, office, f"{at.astimezone(BEIJING):%Y-%m-%d %H:%M:%S}"],
        [],
        [_("分组"), _("名称"), _("合计"), *Outcome.labels, _("已送达"), *medians()],
        *_rows(_("合计"), [found.whole]),
        *_rows(_("单位"), found.offices),
        *_rows(_("条款"), found.clauses),
        *_rows(_("级别"), found.levels),
        *_rows(_("逐级报告"), found.hops),
        [],
        [_("分组"), _("名称"), *Form.labels, *Accuracy.labels],
        *(
            [_("规范性和准确性"), each.name, *(n for _code, n in (*each.form, *each.accuracy))]
            for each in quality
        ),
    ]
    file = StringIO()
    csv.writer(file, lineterminator="\r\n").writerows([harmless(cell) for cell in line] for line in lines)
    return BOM + file.getvalue()


def medians() -> list[str]:
    """Return the headings of the two medians, the same on the page."""
    return [_("自事发（发现）中位数（分钟）"), _("自得知中位数（分钟）")]


def _rows(group: str, tallies: Iterable[Tally]) -> Iterator[list[Any]]:
    for each in tallies:
        counts = [count for _outcome, count in each.columns]
        yield [
            group,
            each.name,
            each.total,
            *counts,
            each.delivered,
            *(f"{value:.10g}" if value is not None else "" for value in _medians_of(each)),
        ]


def _medians_of(tally: Tally) -> tuple[float | None, float | None]:
    return tally.median_from_start, tally.median_from_knowledge
