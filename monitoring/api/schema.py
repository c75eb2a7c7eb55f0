"""The body of observations, and what the interface's schema says of it (8.2(a))."""

from typing import Any, Final

from drf_spectacular.utils import OpenApiExample, extend_schema
from rest_framework import serializers

from accounts.models import Jurisdiction
from incidents.models import Stage
from monitoring.models import Finding
from plan.monitoring import Feed, Stream
from reporting.api.codes import TAKEN
from reporting.api.fields import Instant, Strict, Text, Word
from reporting.api.schema import problems
from reporting.api.single_case_schema import RowProblemOutput

MOST_OBSERVATIONS: Final = 500
EXAMPLE: Final = {
    "observations": [
        {
            "reference": "CJ-2026-0815",
            "feed": "sampling",
            "stream": "factor",
            "area": "330212",
            "occurred_at": "2026-05-01T09:00:00+08:00",
            "food": "凉拌海蜇",
            "stage": "consumption",
            "factor": "副溶血性弧菌",
            "finding": "unqualified",
            "place_text": "甬味轩餐厅",
        }
    ]
}


def _choices(kind: type[Feed] | type[Stream]) -> list[tuple[str, str]]:
    return [(each.value, each.label_zh) for each in kind]


class ObservationInput(Strict):
    """一条监测信息；不得写入个人信息。"""

    reference = Word(max_length=80, help_text="报送单位自编的编号，同一来源内不重复")
    feed = serializers.ChoiceField(_choices(Feed), help_text="来源")
    stream = serializers.ChoiceField(
        _choices(Stream), required=False, allow_blank=True, help_text="监测内容；尚不能判断的不填"
    )
    area = serializers.CharField(max_length=12, help_text="区域代码：330200为全市，区县（市）用行政区划代码")
    occurred_at = Instant(help_text="采样或发生时间；不带时区的按北京时间")
    stage = serializers.ChoiceField(Stage.choices, required=False, allow_blank=True, help_text="环节")
    place_text = Text(max_length=120, required=False, allow_blank=True)
    food = Word(max_length=120, required=False, allow_blank=True)
    factor = Word(max_length=120, required=False, allow_blank=True, help_text="项目或因素")
    finding = serializers.ChoiceField(
        Finding.choices, required=False, allow_blank=True, help_text="检验结果；抽检监测必填，其他来源不填"
    )
    summary = Text(max_length=500, required=False, allow_blank=True)

    def validate_area(self, value: str) -> str:
        """Refuse a code that names no area of the city."""
        if not Jurisdiction.objects.filter(code=value).exists():
            raise serializers.ValidationError("没有这个区域代码。", code="area_unknown")
        return value


class ObservationsInput(Strict):
    """最多500条；各条分别受理、分别答复。"""

    observations = serializers.ListField(
        child=serializers.JSONField(), allow_empty=False, max_length=MOST_OBSERVATIONS
    )


class ObservationsBody(serializers.Serializer[Any]):
    """最多500条；各条分别受理、分别答复。"""

    observations = serializers.ListField(child=ObservationInput(), min_length=1, max_length=MOST_OBSERVATIONS)


class ObservationOutput(serializers.Serializer[Any]):
    """一条监测信息的处理结果。"""

    index = serializers.IntegerField(help_text="在报文中的位置，从0起")
    fate = serializers.ChoiceField(TAKEN, help_text="known：先前已受理，没有重复登记")
    reference = serializers.CharField(required=False)
    revision = serializers.IntegerField(required=False, help_text="大于1的是更正")
    is_test = serializers.BooleanField(help_text="为true时是测试，没有登记")
    problem = RowProblemOutput(required=False)


class ObservationsOutput(serializers.Serializer[Any]):
    """各条监测信息的处理结果。"""

    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = ObservationOutput(many=True)


OBSERVATIONS_SCHEMA = extend_schema(
    operation_id="report_observations",
    request=ObservationsBody,
    responses={207: ObservationsOutput} | problems(400, 401, 403, 413, 415, 422, 429, 500, 503),
    examples=[OpenApiExample("一条抽检结果", EXAMPLE, request_only=True)],
)
