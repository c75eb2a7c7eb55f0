"""What the API's schema says of single cases."""

from typing import Any

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from reporting.api.codes import TAKEN
from reporting.api.schema import PAGE_PARAMETER, problems
from reporting.api.single_case_input import MOST_SINGLE_CASES, SingleCaseInput
from reporting.own_cases import Fate

EXAMPLE = {
    "cases": [
        {
            "local_id": "MZ-2026-0815",
            "sex": "male",
            "age": 34,
            "onset_at": "2026-05-01T20:30:00+08:00",
            "visit_at": "2026-05-01T23:10:00+08:00",
            "diagnosis_code": "A05.9",
            "residence_code": "330212",
            "symptoms": ["呕吐", "腹泻"],
            "exposures": [
                {
                    "food": "凉拌海蜇",
                    "place_eaten": "甬味轩餐厅",
                    "place_kind": "中型餐馆",
                    "meal": "午餐",
                    "eaten_at": "2026-05-01T12:00:00+08:00",
                    "others_ill": False,
                }
            ],
            "personal": {"name": "（仅加密留存）", "phone": "（仅加密留存）"},
        }
    ]
}


class SingleCasesBody(serializers.Serializer[Any]):
    """最多500例；各例分别受理、分别答复。"""

    cases = serializers.ListField(child=SingleCaseInput(), min_length=1, max_length=MOST_SINGLE_CASES)


class RowErrorOutput(serializers.Serializer[Any]):
    """一处错误。"""

    field = serializers.CharField(help_text="JSON Pointer，指向整个报文")
    code = serializers.CharField()
    detail = serializers.CharField()
    clause = serializers.CharField()


class RowProblemOutput(serializers.Serializer[Any]):
    """这例病例为何未受理。"""

    code = serializers.CharField()
    detail = serializers.CharField()
    errors = RowErrorOutput(many=True)  # type: ignore[assignment]


class SingleCaseOutput(serializers.Serializer[Any]):
    """一例病例的处理结果。"""

    index = serializers.IntegerField(help_text="在报文中的位置，从0起")
    fate = serializers.ChoiceField(TAKEN, help_text="known：先前已受理，没有重复登记")
    local_id = serializers.CharField(required=False)
    revision = serializers.IntegerField(required=False)
    is_test = serializers.BooleanField(help_text="为true时是测试，没有登记")
    problem = RowProblemOutput(required=False)


class SingleCasesOutput(serializers.Serializer[Any]):
    """各例病例的处理结果。"""

    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = SingleCaseOutput(many=True)


class OwnCaseOutput(serializers.Serializer[Any]):
    """列表中的一例病例，最新一次修订。"""

    local_id = serializers.CharField()
    revision = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    fate = serializers.ChoiceField(Fate.choices)
    incident_number = serializers.CharField(allow_blank=True, help_text="计入的事故；没有则为空")
    reason = serializers.CharField(allow_blank=True, help_text="修订或撤回的理由")


class OwnCasesOutput(serializers.Serializer[Any]):
    """一页散发病例，新的在前。"""

    count = serializers.IntegerField(help_text="本院散发病例总数，每例计一次")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = OwnCaseOutput(many=True)


OWN_CASES_SCHEMA = extend_schema(
    operation_id="own_single_cases",
    parameters=[PAGE_PARAMETER],
    responses={200: OwnCasesOutput} | problems(401, 403, 422, 429, 500, 503),
)
SINGLE_CASES_SCHEMA = extend_schema(
    operation_id="report_single_cases",
    request=SingleCasesBody,
    responses={207: SingleCasesOutput} | problems(400, 401, 403, 413, 415, 422, 429, 500, 503),
    examples=[OpenApiExample("一例散发病例", EXAMPLE, request_only=True)],
)
