"""What the API's schema says beyond the body: answers, problems, headers, examples."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers

from incidents.models import IncidentStatus
from plan.levels import IncidentLevel
from reporting.api.cluster_input import ClusterInput
from reporting.models import ReportState
from reporting.problems import CONTENT_TYPE, TITLES


class LevelOutput(serializers.Serializer[Any]):
    """事故级别。"""

    code = serializers.ChoiceField([level.value for level in IncidentLevel])
    numeral = serializers.CharField()
    name = serializers.CharField()


class ClauseOutput(serializers.Serializer[Any]):
    """预案条款及原文。"""

    clause = serializers.CharField()
    text = serializers.CharField()


class IncidentOutput(serializers.Serializer[Any]):
    """报告所属的事故；其他单位报来的情况不在此列。"""

    number = serializers.CharField()
    url = serializers.CharField()
    status = serializers.ChoiceField(IncidentStatus.choices)
    proposed_level = LevelOutput(help_text="系统建议的级别")
    confirmed_level = LevelOutput(allow_null=True, help_text="核定的级别")
    clauses = ClauseOutput(many=True)
    explanation = serializers.CharField()
    edition = serializers.CharField()


class RecipientOutput(serializers.Serializer[Any]):
    """收到报告的单位。"""

    code = serializers.CharField()
    name = serializers.CharField()


class LegOutput(serializers.Serializer[Any]):
    """报告送达一个单位：到达其指定系统的时间即为收到时间。"""

    clause = serializers.CharField()
    recipient = RecipientOutput()
    received_at = serializers.DateTimeField()


class MissingOutput(serializers.Serializer[Any]):
    """报告时尚不清楚、仍须补报的内容（预案5.2）。"""

    code = serializers.ChoiceField(["occurred", "place", "number"])
    name = serializers.CharField()
    clause = serializers.CharField()


class FateOutput(serializers.Serializer[Any]):
    """一份报告的处理情况。"""

    ref = serializers.UUIDField()
    url = serializers.CharField()
    reference = serializers.CharField()
    revision = serializers.IntegerField()
    superseded_by = serializers.UUIDField(allow_null=True, help_text="取代它的最新修订的ref")
    received_at = serializers.DateTimeField()
    state = serializers.ChoiceField(ReportState.choices)
    withdrawn_at = serializers.DateTimeField(allow_null=True)
    withdrawal_reason = serializers.CharField(allow_null=True)
    incident = IncidentOutput()
    legs = LegOutput(many=True)
    missing = MissingOutput(many=True)


class FieldErrorOutput(serializers.Serializer[Any]):
    """报文中一处错误；field为JSON指针。"""

    field = serializers.CharField()
    code = serializers.CharField()
    detail = serializers.CharField()
    clause = serializers.CharField()


class ProblemOutput(serializers.Serializer[Any]):
    """RFC 9457 问题详情。"""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    code = serializers.CharField()
    clause = serializers.CharField(required=False)
    field = serializers.CharField(required=False)
    errors = FieldErrorOutput(many=True, required=False)  # type: ignore[assignment]
    next_step = serializers.CharField(required=False)


def _problems(*statuses: int) -> dict[Any, OpenApiResponse]:
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

REPORT_SCHEMA = extend_schema(
    operation_id="report_cluster",
    request=ClusterInput,
    parameters=[
        OpenApiParameter(
            "Idempotency-Key",
            str,
            OpenApiParameter.HEADER,
            required=True,
            description="每份报告一个UUID；重发同一份报告时沿用，得到第一次的答复（Idempotent-Replayed: true）。",
        ),
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
    ],
    responses={201: FateOutput} | _problems(400, 401, 403, 409, 413, 415, 422, 429, 500, 503),
    examples=[
        OpenApiExample("只报人数", COUNTS_ONLY, request_only=True),
        OpenApiExample("尚不清楚", UNKNOWN_YET, request_only=True),
        OpenApiExample("附病例清单的修订", WITH_CASES, request_only=True),
    ],
)

FATE_SCHEMA = extend_schema(
    operation_id="cluster_report_fate",
    responses={200: FateOutput} | _problems(401, 403, 404, 429, 500, 503),
)
