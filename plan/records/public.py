"""Records of release, public opinion and order (预案 6.3.5, 6.3.6)."""

from plan.offices import OfficeKind as Office
from plan.records.kinds import (
    COMMISSIONS,
    OFFICES,
    ORDER,
    ORGAN,
    PLACE,
    REGULATORS,
    RecordKind,
    choice,
    text,
    tick,
)

RELEASE = (
    RecordKind(
        "release_draft",
        "信息发布稿",
        137,
        (
            text("title", "标题"),
            tick("states_casualties", "含伤亡人数"),
            tick("states_level", "含事故级别"),
            tick("is_otherwise_major", "其他重大信息"),
        ),
        note_zh="正文",
        anyone=True,
    ),
    RecordKind(
        "release_review",
        "审核重大信息",
        137,
        (choice("verdict", "结论", ("approved", "同意发布"), ("returned", "退回修改")),),
        ("release_draft",),
        by=COMMISSIONS,
    ),
    RecordKind(
        "release",
        "发布事故信息",
        138,
        (
            choice(
                "form",
                "形式",
                ("conference", "新闻发布会"),
                ("briefing", "通气会"),
                ("press", "新闻通稿"),
                ("other", "其他形式"),
            ),
            text("channel", "发布渠道"),
            text("authorisation", "授权发布的依据", is_required=False),
        ),
        ("release_draft",),
        by=(*COMMISSIONS, *OFFICES),
    ),
    RecordKind(
        "press_conference",
        "新闻发布会或通气会记录",
        138,
        (
            PLACE,
            text("organisers", "组织单位"),
            text("speakers", "发言人及职务"),
            text("answered", "回应的问题"),
        ),
        ("release_draft",),
        by=(*COMMISSIONS, *OFFICES, Office.CITY_PUBLICITY),
    ),
    RecordKind(
        "food_warning",
        "食品安全警示",
        137,
        (text("title", "标题"), text("channel", "发布渠道")),
        note_zh="正文",
        by=REGULATORS,
    ),
    RecordKind(
        "concern", "社会关切", 138, (text("question", "关切的问题"), text("seen_on", "来源")), anyone=True
    ),
    RecordKind(
        "concern_answer",
        "回应关切",
        138,
        (text("answer", "回应"), text("channel", "渠道")),
        ("concern",),
        by=(*COMMISSIONS, *OFFICES),
    ),
    RecordKind(
        "rumour", "疑似不实信息", 139, (text("item", "信息内容"), text("seen_on", "平台")), anyone=True
    ),
    RecordKind(
        "rumour_verification",
        "核实",
        139,
        (
            choice("verdict", "结论", ("false", "不实"), ("true", "属实"), ("partly", "部分不实")),
            text("basis", "核实依据"),
        ),
        ("rumour",),
        anyone=True,
    ),
    # 3.4.5, row 71: reporting and interviews at the scene are coordinated; what is said there releases nothing (A37).
    RecordKind(
        "media_visit",
        "现场媒体采访登记",
        139,
        (PLACE, text("outlet", "媒体名称"), text("topic", "采访事项"), text("arranged", "接待安排")),
    ),
    RecordKind("removal_request", "提请删除", 139, (text("organ", "提请的主管机关"), ORDER), ("rumour",)),
    RecordKind(
        "clarification",
        "发布澄清信息",
        139,
        (text("release_title", "澄清信息的标题"), text("channel", "渠道")),
        ("rumour",),
        by=(*COMMISSIONS, *OFFICES),
    ),
)
ORDER_KEPT = (
    RecordKind(
        "scene_order",
        "督促属地维护秩序",
        140,
        (
            choice(
                "what",
                "事项",
                ("security", "社会治安"),
                ("scene", "现场秩序"),
                ("panic", "传播谣言制造恐慌"),
                ("looting", "哄抢物资"),
            ),
            text("organ", "属地职能部门"),
            PLACE,
        ),
    ),
    RecordKind(
        "key_place",
        "重点区域管控",
        141,
        (
            choice(
                "what",
                "类别",
                ("hospital", "救助医疗机构"),
                ("operator", "涉事生产经营单位"),
                ("depot", "应急物资存放点"),
            ),
            PLACE,
            ORGAN,
        ),
    ),
    RecordKind(
        "false_information",
        "处置发布不实信息的人员",
        142,
        (ORGAN, text("case_number", "案件编号"), text("result", "处理情况")),
    ),
    RecordKind(
        "obstruction",
        "查处妨碍公务",
        143,
        (ORGAN, text("case_number", "案件编号"), text("result", "处理情况")),
    ),
)
