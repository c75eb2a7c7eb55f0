"""What is wrong with rows, said by their headings (5.1(3))."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from reporting.identity import identify
from response.line_lists.columns import HEADING_OF
from response.line_lists.reading import ReadRow

NAMES = HEADING_OF | {
    "reference": _lazy("报告编号"),
    "found_at": _lazy("本院发现的时间"),
    "suspect_food": _lazy("可疑食品"),
    "cases": _lazy("病例"),
}


def blame_repeated(patients: Sequence[ReadRow]) -> None:
    """Note rows that have one number: a patient has one row."""
    rows: dict[str, list[ReadRow]] = defaultdict(list)
    for row in patients:
        rows[row.local_id].append(row)
    for local_id, same in rows.items():
        if local_id and len(same) > 1:
            numbers = "、".join(str(row.number) for row in same)
            for row in same:
                row.problems.append(_("病例编号重复（第%s行）；每名患者只占一行。") % numbers)


def said_of(errors: Any) -> list[str]:
    """Return every error with the heading of its column."""
    return [
        _("%(heading)s：%(why)s") % {"heading": NAMES.get(name, name), "why": why}
        for name, why in _texts(errors)
    ]


def _texts(errors: Any, path: str = "") -> list[tuple[str, str]]:
    """Return every error within, with the name of its field."""
    if isinstance(errors, Mapping):
        named = [(path if isinstance(name, int) else str(name), inner) for name, inner in errors.items()]
        return [found for name, inner in named for found in _texts(inner, name)]
    if isinstance(errors, list):
        return [found for inner in errors for found in _texts(inner, path)]
    return [(path, str(errors))]


def notice_persons(patients: Sequence[ReadRow]) -> None:
    """Note numbers that name nobody, and rows that name the same person: they count as one (A12)."""
    rows: dict[str, list[ReadRow]] = defaultdict(list)
    for row in patients:
        stated = row.case.get("personal", {})
        person = identify(stated, sex=row.case.get("sex", "unknown")).person
        if person:
            rows[person].append(row)
        elif any(map(str.isdigit, stated.get("id_number", ""))):
            row.notices.append(_("证件号校验不符，不能用来识别同一患者。"))
    for same in rows.values():
        for row in same[1:]:
            row.notices.append(_("与第%d行证件号相同，按一名患者计。") % same[0].number)
