"""A roster as a table of comma-separated lines: username on duty, username standing by or nothing, from, until."""

import csv
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from accounts.models import Organisation, User
from accounts.selectors import members_of
from plan.refusal import PlanRefusal

MOST_LINES = 400
LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Line:
    """One shift as it is to be."""

    person: User
    stand_in: User | None
    from_at: datetime
    until_at: datetime


def read_table(table: str, organisation: Organisation, *, at: datetime) -> list[Line]:
    """Return the lines of a table; a refusal that names the first line that can't be read."""
    lines = [line for line in table.splitlines() if line.strip()]
    if not lines or len(lines) > MOST_LINES or max(map(len, lines)) > LONGEST_LINE:
        raise PlanRefusal(_("请给出1至%d行。") % MOST_LINES, clause="", code="roster_lines")
    people = {user.username: user for user in members_of(organisation, at=at)}
    return [_line(number, cells, people) for number, cells in enumerate(csv.reader(lines), 1)]


def _line(number: int, cells: list[str], people: dict[str, User]) -> Line:
    stripped = [cell.strip() for cell in cells]
    if len(stripped) != 4:
        raise _unreadable(number, _("须有四栏：值班人、备班人（可空）、开始、结束。"))
    on_duty, standing_by, begins, ends = stripped
    for name in filter(None, (on_duty, standing_by)):
        if name not in people:
            raise _unreadable(number, _("该单位没有用户名%s。") % name[:40])
    if not on_duty:
        raise _unreadable(number, _("缺少值班人。"))
    stand_in = people[standing_by] if standing_by else None
    return Line(people[on_duty], stand_in, _moment(number, begins), _moment(number, ends))


def _moment(number: int, text: str) -> datetime:
    try:
        found = parse_datetime(text)
    except ValueError:
        found = None
    if found is None:
        raise _unreadable(number, _("时间请写成 2026-11-24 08:30。"))
    return timezone.make_aware(found) if timezone.is_naive(found) else found


def _unreadable(number: int, why: str) -> PlanRefusal:
    said = _("第%(number)d行：%(reason)s") % {"number": number, "reason": why}
    return PlanRefusal(said, clause="", code="roster_line")
