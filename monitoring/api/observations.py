"""Observations from departments' systems: each taken and answered by itself (8.2(a))."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actors import Actor
from accounts.models import Jurisdiction, Scope
from audit.clock import database_now
from monitoring.actions.observations import record_observations
from monitoring.api.schema import OBSERVATIONS_SCHEMA, ObservationInput, ObservationsInput
from monitoring.models import Way
from monitoring.table import observation_of
from monitoring.values import NewObservation, ObservationFate
from reporting.api.base import HospitalView, body_of, key_of
from reporting.api.decoding import decode
from reporting.api.rows import row_answer, unreadable_row
from reporting.intake import keep_raw_body
from reporting.models import IntakeRecord

MULTI_STATUS: Final = 207


class Observations(HospitalView):
    """POST: up to five hundred observations; sent again, those already taken are answered as before."""

    writing = Scope.OBSERVE

    @OBSERVATIONS_SCHEMA
    def post(self, request: Request) -> Response:
        """报送监测信息：抽检监测、投诉举报、舆情监测、事故报告与通报，逐条受理、逐条答复（预案8.2）。凭来源和编号识别重发：内容相同的不重复登记，内容不同的登记为更正。"""
        key, at = key_of(request), database_now()
        by = Actor.with_key(key)
        raw, content_type = body_of(request), request.content_type or ""
        intake = None
        if not by.is_test:
            intake = keep_raw_body(raw=raw, content_type=content_type, key=key, by=by, at=at)
        body = ObservationsInput(data=decode(raw, content_type))
        body.is_valid(raise_exception=True)
        rows = _taken(body.validated_data["observations"], intake, by, at)
        refused = Counter(row["fate"] for row in rows)["refused"]
        return Response({"accepted": len(rows) - refused, "refused": refused, "results": rows}, MULTI_STATUS)


def _taken(
    given: Sequence[Any], intake: IntakeRecord | None, by: Actor, at: datetime
) -> list[dict[str, Any]]:
    """Take what can be read, unless the key is for trying out; answer every row in its place."""
    areas = {each.code: each for each in Jurisdiction.objects.select_related("host")}
    results: dict[int, dict[str, Any]] = {}
    read: dict[int, NewObservation] = {}
    for index, data in enumerate(given):
        try:
            one = ObservationInput(data=data, context={"at": at})
            one.is_valid(raise_exception=True)
            said = {**one.validated_data, "occurred_at": one.validated_data["occurred_at"].isoformat()}
            read[index] = observation_of(said, areas)
        except ValidationError as wrong:
            results[index] = unreadable_row(
                index,
                wrong,
                under="observations",
                clause="8.2",
                detail=_("这条监测信息有误，见errors。"),
                is_test=by.is_test,
            )
    if by.is_test:
        fates = [ObservationFate(reference=one.reference, is_new=True) for one in read.values()]
    else:
        fates = record_observations(
            observations=list(read.values()), way=Way.API, intake=intake, by=by, at=at
        )
    for index, fate in zip(read, fates, strict=True):
        results[index] = row_answer(index, fate, reference=fate.reference, is_test=by.is_test)
    return [results[index] for index in sorted(results)]
