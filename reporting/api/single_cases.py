"""Single foodborne cases outside any cluster: each taken and answered by itself (4.1(d))."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from audit.clock import database_now
from reporting.actions.single_cases import report_single_cases
from reporting.answers import listed_cases
from reporting.api.base import HospitalView, body_of, key_of, page_of
from reporting.api.decoding import decode
from reporting.api.rows import row_answer, unreadable_row
from reporting.api.single_case_input import SingleCasesInput, read_single_case
from reporting.api.single_case_schema import OWN_CASES_SCHEMA, SINGLE_CASES_SCHEMA
from reporting.intake import keep_raw_body
from reporting.models import IntakeRecord
from reporting.single_cases import CaseFate, NewSingleCase

MULTI_STATUS: Final = 207


class SingleCases(HospitalView):
    """POST: up to five hundred cases; sent again, those already taken are answered as before. GET: its own and their fate."""

    @OWN_CASES_SCHEMA
    def get(self, request: Request) -> Response:
        """本院的散发病例和处理结果，新的在前，每页50例；测试密钥报来的没有登记，不在其中。"""
        return Response(listed_cases(key_of(request).organisation, page=page_of(request)))

    @SINGLE_CASES_SCHEMA
    def post(self, request: Request) -> Response:
        """报送散发病例：未发现聚集也要报送，逐例受理、逐例答复；聚集性病例仍须立即报送（预案5.1(3)）。"""
        key, at = key_of(request), database_now()
        by = Actor.with_key(key)
        raw, content_type = body_of(request), request.content_type or ""
        intake = None
        if not by.is_test:
            intake = keep_raw_body(raw=raw, content_type=content_type, key=key, by=by, at=at)
        body = SingleCasesInput(data=decode(raw, content_type))
        body.is_valid(raise_exception=True)
        rows = _taken(body.validated_data["cases"], intake, by, at)
        refused = Counter(row["fate"] for row in rows)["refused"]
        return Response({"accepted": len(rows) - refused, "refused": refused, "results": rows}, MULTI_STATUS)


def _taken(
    cases: Sequence[Any], intake: IntakeRecord | None, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Take what can be read, unless the key is for trying out; answer every row in its place."""
    results: dict[int, dict[str, Any]] = {}
    read: dict[int, NewSingleCase] = {}
    for index, data in enumerate(cases):
        try:
            read[index] = read_single_case(data, at=at)
        except ValidationError as wrong:
            results[index] = unreadable_row(
                index,
                wrong,
                under="cases",
                clause="4.1",
                detail=_("这例病例有误，见errors。"),
                is_test=by.is_test,
            )
    if by.is_test:
        fates = [
            CaseFate(local_id=one.case.local_id, revision=one.revision, is_new=True) for one in read.values()
        ]
    else:
        fates = report_single_cases(cases=list(read.values()), intake=intake, by=by, at=at)
    for index, fate in zip(read, fates, strict=True):
        results[index] = row_answer(index, fate, local_id=fate.local_id, is_test=by.is_test)
    return [results[index] for index in sorted(results)]
