"""What the API answers, as its schema describes it."""

from typing import Any

from rest_framework import serializers

from incidents.models import IncidentStatus
from plan.levels import IncidentLevel
from reporting.models import ReportState


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
    closed_at = serializers.DateTimeField(
        allow_null=True, help_text="本院报告没有新增病例的时间；之后有修订的为null"
    )
    incident = IncidentOutput()
    legs = LegOutput(many=True)
    missing = MissingOutput(many=True)
    is_test = serializers.BooleanField(required=False, help_text="true：测试密钥报来的，不是报告")


class ListedOutput(serializers.Serializer[Any]):
    """列表中的一份报告。"""

    ref = serializers.UUIDField()
    url = serializers.CharField()
    reference = serializers.CharField()
    revision = serializers.IntegerField()
    received_at = serializers.DateTimeField()
    state = serializers.ChoiceField(ReportState.choices)
    closed_at = serializers.DateTimeField(allow_null=True, help_text="在这次修订后报告没有新增病例的时间")
    incident_number = serializers.CharField(allow_blank=True)
    is_test = serializers.BooleanField(required=False, help_text="true：测试密钥报来的，不是报告")


class ListOutput(serializers.Serializer[Any]):
    """一页报告，新的在前。"""

    count = serializers.IntegerField(help_text="本院报告总数，各次修订分别计")
    page = serializers.IntegerField()
    pages = serializers.IntegerField()
    results = ListedOutput(many=True)


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


class TextOutput(serializers.Serializer[Any]):
    """文字说明。"""

    text = serializers.CharField()


class IssueOutput(serializers.Serializer[Any]):
    """一条结果：information为已受理，warning为没有读入的内容，error为须更正的内容。"""

    severity = serializers.ChoiceField(["information", "warning", "error"])
    code = serializers.CharField()
    details = TextOutput()
    diagnostics = serializers.CharField(required=False, help_text="错误代码，与其他接口的code相同")
    expression = serializers.ListField(child=serializers.CharField(), required=False)


class OutcomeOutput(serializers.Serializer[Any]):
    """FHIR R4 OperationOutcome。"""

    resourceType = serializers.ChoiceField(["OperationOutcome"])
    issue = IssueOutput(many=True)


class RowOutput(serializers.Serializer[Any]):
    """一份报告的答复：受理的有report，未受理的有problem，其field指向整个报文。"""

    index = serializers.IntegerField(help_text="报文中第几份，从0起")
    status = serializers.IntegerField(help_text="单独报送时的HTTP状态")
    replayed = serializers.BooleanField(help_text="true：以前已受理，答复不变")
    report = FateOutput(required=False)
    problem = ProblemOutput(required=False)


class BatchOutput(serializers.Serializer[Any]):
    """逐份的答复，顺序与报文相同；503的原样重发即可，其余未受理的更正后重发。"""

    accepted = serializers.IntegerField()
    refused = serializers.IntegerField()
    results = RowOutput(many=True)
