"""What would become of each row, before anything is stored; and the report that the rows make (5.1(3))."""

import base64
import binascii
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidTag
from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError

from accounts.actors import Actor
from audit.envelopes import opened, sealed
from incidents.models import Case
from plan.refusal import PlanRefusal
from reporting.api.cluster_input import MOST_CASES, read_cluster
from reporting.models import Report, ReportKind
from response.line_lists.faults import blame_repeated, notice_persons, said_of
from response.line_lists.reading import ReadList, ReadRow

MOST_OPENED_BYTES = 8 * 1024 * 1024
LENGTH_BYTES = 4
LISTED = {"exposure": "exposures", "specimen": "specimens"}


@dataclass(frozen=True, slots=True)
class Preview:
    """Every row's fate. `body` is the report they make, None while something must be put right."""

    listed: ReadList
    revision: int
    fates: Mapping[int, str]
    dropped: int
    problems: Sequence[str]
    body: Mapping[str, Any] | None

    @property
    def tally(self) -> list[tuple[str, int]]:
        """How many rows have which fate."""
        return sorted(Counter(self.fates.values()).items())

    @property
    def shown(self) -> list[tuple[ReadRow, str]]:
        """The rows with their fates, first those that something must be put right in."""
        rows = sorted(self.listed.rows, key=lambda row: (not row.problems, not row.notices))
        return [(row, self.fates[row.number]) for row in rows]


def preview_of(listed: ReadList, about: Mapping[str, Any], *, by: Actor, at: datetime) -> Preview:
    """Return what the rows would become as the next revision of their reference; nothing is stored."""
    earlier = _earlier(about["reference"], by)
    revision = earlier.revision + 1 if earlier else 1
    known = _known(earlier)
    body = {**about, "revision": revision, "cases": [case_of(row) for row in listed.patients]}
    problems = _check(listed, body, at)
    notice_persons(listed.patients)
    fates = {
        row.number: fate_of(row, _("更新") if row.local_id in known else _("新增")) for row in listed.rows
    }
    is_right = not problems and not any(row.problems for row in listed.patients)
    dropped = len(known - {row.local_id for row in listed.patients})
    return Preview(listed, revision, fates, dropped, problems, body if is_right else None)


def packed(purpose: str, body: Mapping[str, Any], raw: bytes, by: Actor) -> str:
    """Return what is to be sent and its file as the page carries them to the confirmation: nobody can read or change them."""
    text = zlib.compress(json.dumps(body, ensure_ascii=False).encode())
    both = len(text).to_bytes(LENGTH_BYTES) + text + raw
    return base64.urlsafe_b64encode(sealed(both, bound_to=_place(purpose, by))).decode()


def unpacked(purpose: str, carried: str, by: Actor) -> tuple[Any, bytes]:
    """Return what was previewed and its file; a refusal if they are not what this person was shown."""
    try:
        both = opened(base64.urlsafe_b64decode(carried), bound_to=_place(purpose, by))
        end = LENGTH_BYTES + int.from_bytes(both[:LENGTH_BYTES])
        text = zlib.decompressobj().decompress(both[LENGTH_BYTES:end], MOST_OPENED_BYTES)
        return json.loads(text), both[end:]
    except (binascii.Error, InvalidTag, LookupError, ValueError) as wrong:
        raise PlanRefusal(
            _("预览已失效，没有导入。"),
            clause="5.1(3)",
            code="preview_lost",
            next_step=_("请重新上传文件。"),
        ) from wrong


def _place(purpose: str, by: Actor) -> str:
    return f"{purpose}:{by.office}:{by.ref}"


def _earlier(reference: str, by: Actor) -> Report | None:
    of_reference = Report.objects.filter(
        organisation=by.organisation, kind=ReportKind.CLUSTER, reference=reference
    )
    return of_reference.order_by("-revision").first()


def _known(earlier: Report | None) -> set[str]:
    if earlier is None:
        return set()
    cases = Case.objects.filter(fact__report_ref=earlier.ref, fact__source=earlier.organisation)
    return set(cases.values_list("local_id", flat=True))


def case_of(row: ReadRow) -> dict[str, Any]:
    """Return a row as the body of a report has it: what a row has one of, a report has a list of."""
    return {LISTED.get(name, name): [value] if name in LISTED else value for name, value in row.case.items()}


def _check(listed: ReadList, body: Mapping[str, Any], at: datetime) -> list[str]:
    """Note at each row what the report's own rules find; return what is wrong with the whole."""
    patients = listed.patients
    if not patients:
        return [_("文件里没有患者。")]
    if len(patients) > MOST_CASES:
        return [_("一次最多2000名患者，这里有%d名。") % len(patients)]
    blame_repeated(patients)
    try:
        read_cluster(body, at=at)
    except ValidationError as wrong:
        return _spread(wrong.detail, patients)
    return []


def _spread(detail: Any, patients: Sequence[ReadRow]) -> list[str]:
    """Note at each row what is wrong with it; return what belongs to no row, so that nothing wrong goes unsaid."""
    per_row = detail.get("cases", {})
    per_row = per_row if isinstance(per_row, Mapping) else {}
    rest = {name: found for name, found in detail.items() if name != "cases" or not per_row}
    for index, errors in per_row.items():
        if isinstance(index, int):
            # What could not be read at all is said already, and better.
            patients[index].problems += [] if patients[index].problems else said_of(errors)
        else:
            rest[index] = errors
    return said_of(rest)


def fate_of(row: ReadRow, known: str) -> str:
    """Return what would become of a row; `known` says what of one that nothing speaks against."""
    if row.skipped:
        return _("跳过")
    return _("须更正") if row.problems else known
