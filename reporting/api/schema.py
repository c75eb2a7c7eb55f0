"""What the API's schema says beyond the bodies: problems, headers, examples."""

from collections.abc import Callable
from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from reporting.api.cluster_input import ClusterInput, RevisionInput
from reporting.api.decoding import FHIR
from reporting.api.fhir_example import BUNDLE
from reporting.api.outputs import BatchOutput, FateOutput, ListOutput, OutcomeOutput, ProblemOutput
from reporting.problems import CONTENT_TYPE, TITLES

MOST_REPORTS = 50


class BatchBody(serializers.Serializer[Any]):
    """最多50份报告；各份的内容与单独报送相同，有误的一份只影响自己。"""

    reports = serializers.ListField(child=ClusterInput(), min_length=1, max_length=MOST_REPORTS)


def problems(*statuses: int) -> dict[Any, OpenApiResponse]:
    """Return what the schema says of problems with these statuses."""
    return {
        (status, CONTENT_TYPE): OpenApiResponse(ProblemOutput, description=TITLES[status])
        for status in statuses
    }


COUNTS_ONLY = {
    "reference": "ED-2026-0501",
    "place": {"name": "甬味轩餐厅", "kind": "restaurant"},
    "first_onset_at": "2026-05-01T11:20:00+08:00",
    "last_onset_at": "2026-05-01T12:31:00+08:00",
    "counts": {"ill": 60, "dead": 0, "severe": 2, "inpatient": 8},
    "found_at": "2026-05-01T12:40:00+08:00",
    "suspect_food": "凉拌海蜇",
    "symptoms": ["呕吐", "腹泻"],
}
UNKNOWN_YET = {
    "reference": "ED-2026-0502",
    "place": None,
    "first_onset_at": None,
    "counts": {"ill": None},
    "note": "急诊接诊多名腹泻患者，正在核实",
}
WITH_CASES = {
    "reference": "ED-2026-0503",
    "revision": 2,
    "place": {"name": "第一中学食堂", "kind": "school_canteen", "county": "330225"},
    "first_onset_at": None,
    "counts": {"ill": 2},
    "cases": [
        {"local_id": "A-1", "sex": "female", "age": 12, "onset_at": "2026-05-01 11:20", "is_severe": True},
        {"local_id": "A-2", "onset_at": "2026-05-01 11:45", "personal": {"name": "（仅加密留存）"}},
    ],
    "reporter": {"name": "（仅加密留存）", "phone": "（仅加密留存）"},
}

REVISED = {
    "place": {"name": "甬味轩餐厅"},
    "first_onset_at": "2026-05-01T11:20:00+08:00",
    "counts": {"ill": 85},
}


def _key_header(*, required: bool) -> OpenApiParameter:
    return OpenApiParameter(
        "Idempotency-Key",
        {"type": "string", "pattern": "^[!-~]{1,200}$"},
        OpenApiParameter.HEADER,
        required=required,
        description="每份报告一个UUID；重发同一份报告时沿用，得到第一次的答复（Idempotent-Replayed: true）。",
    )


ANSWERED = [
    OpenApiParameter(
        "Location", str, OpenApiParameter.HEADER, response=[201], description="查询这份报告的地址"
    ),
    OpenApiParameter(
        "Idempotent-Replayed",
        str,
        OpenApiParameter.HEADER,
        response=[201],
        description="为true时，这是以前答复的重放",
    ),
]
TAKEN = {201: FateOutput} | problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503)

REPORT_SCHEMA = extend_schema(
    operation_id="report_cluster",
    request=ClusterInput,
    parameters=[_key_header(required=True), *ANSWERED],
    responses=TAKEN,
    examples=[
        OpenApiExample("只报人数", COUNTS_ONLY, request_only=True),
        OpenApiExample("尚不清楚", UNKNOWN_YET, request_only=True),
        OpenApiExample("附病例清单的修订", WITH_CASES, request_only=True),
    ],
)

REVISION_SCHEMA = extend_schema(
    operation_id="revise_cluster",
    request=RevisionInput,
    parameters=[_key_header(required=False), *ANSWERED],
    responses=TAKEN | problems(404),
    examples=[OpenApiExample("人数有变化", REVISED, request_only=True)],
)

BUNDLE_SHAPE = {
    "type": "object",
    "required": ["resourceType", "identifier"],
    "properties": {
        "resourceType": {"type": "string", "enum": ["Bundle"]},
        "identifier": {
            "type": "object",
            "required": ["value"],
            "properties": {"value": {"type": "string", "pattern": r"\S", "maxLength": 80}},
        },
        "meta": {"type": "object"},
        "entry": {"type": "array", "items": {}},
    },
}
FHIR_SCHEMA = extend_schema(
    operation_id="report_bundle",
    request={FHIR: BUNDLE_SHAPE},
    parameters=[_key_header(required=False), *ANSWERED],
    responses={
        (status, FHIR): OpenApiResponse(OutcomeOutput, description=TITLES.get(status, ""))
        for status in (201, 400, 401, 403, 409, 413, 415, 422, 429, 500, 503)
    },
    examples=[OpenApiExample("一例病人", BUNDLE, request_only=True, media_type=FHIR)],
)

PAGE_PARAMETER = OpenApiParameter(
    "page", {"type": "integer", "minimum": 1, "maximum": 999_999}, description="第几页，从1起"
)
LIST_SCHEMA = extend_schema(
    operation_id="own_cluster_reports",
    parameters=[PAGE_PARAMETER],
    responses={200: ListOutput} | problems(401, 403, 422, 429, 500, 503),
)

FATE_SCHEMA = extend_schema(
    operation_id="cluster_report_fate",
    responses={200: FateOutput} | problems(401, 403, 404, 429, 500, 503),
)

CLOSING_SCHEMA = extend_schema(
    operation_id="close_cluster",
    request=None,
    responses={200: FateOutput} | problems(401, 403, 404, 409, 429, 500, 503),
)


BATCH_SCHEMA = extend_schema(
    operation_id="report_clusters",
    request=BatchBody,
    responses={207: BatchOutput} | problems(400, 401, 403, 413, 415, 422, 429, 500, 503),
    examples=[OpenApiExample("两份", {"reports": [COUNTS_ONLY, UNKNOWN_YET]}, request_only=True)],
)


def withdrawal_schema(body: type[serializers.Serializer[Any]]) -> Callable[..., Any]:
    """Return what the schema says of taking a report back."""
    return extend_schema(
        operation_id="withdraw_cluster",
        request=body,
        responses={200: FateOutput} | problems(400, 401, 403, 404, 409, 413, 415, 422, 429, 500, 503),
        examples=[OpenApiExample("误报", {"reason": "重复录入"}, request_only=True)],
    )
