"""A workbook of single cases: what would become of each row, and the cases that the rows make (4.1(d))."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.actors import Actor
from reporting.api.single_case_input import MOST_SINGLE_CASES, read_single_case
from reporting.models import SingleCase
from response.line_lists.faults import blame_repeated, notice_persons, said_of
from response.line_lists.preview import Preview, case_of, fate_of
from response.line_lists.reading import ReadList, ReadRow


def single_preview(listed: ReadList, *, by: Actor, at: datetime) -> Preview:
    """Return what the rows would become: a new case, a further revision of one, or one that is known already; nothing is stored."""
    patients = listed.patients
    problems = [] if patients else [_("文件里没有患者。")]
    if len(patients) > MOST_SINGLE_CASES:
        problems.append(_("一次最多500例，这里有%d例。") % len(patients))
    blame_repeated(patients)
    latest = _latest(listed, by)
    bodies: dict[int, Mapping[str, Any]] = {}
    known: dict[int, str] = {}
    for row in [] if problems else patients:
        before = latest.get(row.local_id)
        try:
            bodies[row.number], known[row.number] = _body(row, before, at)
        except ValidationError as wrong:
            # What could not be read at all is said already, and better.
            row.problems += [] if row.problems else said_of(wrong.detail)
    notice_persons(patients)
    fates = {row.number: fate_of(row, known.get(row.number, _("新增"))) for row in listed.rows}
    is_right = not problems and not any(row.problems for row in patients)
    body = {"cases": list(bodies.values())} if is_right else None
    return Preview(listed, 1, fates, 0, problems, body)


def _latest(listed: ReadList, by: Actor) -> dict[str, SingleCase]:
    named = [row.local_id for row in listed.patients]
    rows = SingleCase.objects.filter(
        organisation=by.organisation, local_id__in=named, corrected_by__isnull=True
    )
    return {row.local_id: row for row in rows}


def _body(row: ReadRow, before: SingleCase | None, at: datetime) -> tuple[Mapping[str, Any], str]:
    """Return a row as a hospital's system would send it, and what would become of it."""
    case = case_of(row)
    if before is None:
        read_single_case(case, at=at)
        return case, _("新增")
    again = case if before.revision == 1 else {**case, "revision": before.revision}
    if read_single_case(again, at=at).fingerprint == before.fingerprint:
        return again, _("已受理，没有变化")
    return {**case, "revision": before.revision + 1}, _("修订")
