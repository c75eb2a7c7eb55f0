"""Records of the epidemiological investigation and of testing (预案 6.3.3, 6.3.4)."""

from plan.offices import OfficeKind as Office
from plan.records.kinds import (
    OBJECT,
    OFFICES,
    PLACE,
    QUANTITY,
    REGULATORS,
    RecordKind,
    choice,
    number,
    text,
    tick,
)

INQUIRY = (
    RecordKind(
        "epidemiology",
        "流行病学调查",
        133,
        (
            text("case_definition", "病例定义"),
            text("exposure", "暴露因素"),
            number("cases", "符合定义的病例数"),
        ),
        by=(*REGULATORS, Office.CDC),
    ),
    RecordKind(
        "epidemiology_report",
        "流行病学调查报告",
        134,
        (text("document", "报告文号"), text("conclusion", "结论")),
    ),
    RecordKind(
        "sample",
        "采样",
        135,
        (text("sample_number", "样品编号"), OBJECT, PLACE, QUANTITY),
        by=(*REGULATORS, Office.CDC),
    ),
    RecordKind(
        "sample_handover",
        "样品移交",
        135,
        (
            text("to_holder", "接收单位"),
            tick("seal_intact", "封签完好"),
            tick("is_laboratory", "接收单位为检验机构"),
        ),
        ("sample",),
        by=(*REGULATORS, Office.CDC),
    ),
    RecordKind(
        "sample_result",
        "检验结果",
        135,
        (
            text("item", "检验项目"),
            choice(
                "result", "结果", ("detected", "检出"), ("not_detected", "未检出"), ("undecided", "不能判定")
            ),
            text("value", "检验值", is_required=False),
            text("document", "报告编号"),
        ),
        ("sample",),
        by=(*REGULATORS, Office.CDC),
    ),
    RecordKind(
        "expert_opinion",
        "专家意见",
        136,
        (
            text("analysis", "综合分析和评估"),
            text("trend", "事故发展趋势"),
            text("consequences", "事故后果"),
            text("proposals", "应对措施和整改意见"),
        ),
        by=OFFICES,
        names_official=True,
    ),
)
