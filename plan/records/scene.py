"""Records of treating people and controlling the scene (预案 6.3.1, 6.3.2)."""

from plan.records.kinds import (
    OBJECT,
    OPERATOR,
    ORDER,
    PLACE,
    QUANTITY,
    RecordKind,
    choice,
    hospital,
    number,
    text,
    tick,
)

MEDICAL = (
    RecordKind(
        "treat",
        "救治",
        126,
        (hospital("hospital", "医院"), number("patients", "收治人数"), number("severe", "其中重症")),
    ),
    RecordKind(
        "transfer",
        "转运重症患者",
        126,
        (
            hospital("from_hospital", "转出医院"),
            hospital("to_hospital", "转入医院"),
            number("patients", "人数"),
        ),
    ),
    RecordKind(
        "reinforce",
        "增派与调配",
        127,
        (
            choice(
                "what", "类别", ("experts", "医疗卫生专家"), ("team", "应急队伍"), ("supplies", "医药物资")
            ),
            text("item", "名称"),
            text("number", "数量"),
            text("place", "送达地点"),
        ),
    ),
    RecordKind("advise", "保护公众健康的建议", 128, (text("audience", "对象"),), note_zh="建议内容"),
    RecordKind(
        "psychological_aid", "心理援助", 128, (number("people", "援助人数"), text("provider", "实施单位"))
    ),
)
CONTROL = (
    RecordKind("evidence_taken", "采样取证完成", 129, (PLACE, text("evidence", "取得的证据"))),
    RecordKind("evidence_waived", "免除采样取证", 129, (PLACE,), note_zh="免除的理由"),
    RecordKind("sanitise", "现场卫生处理", 129, (PLACE, text("method", "处理方法"))),
    RecordKind("seal", "封存", 130, (OBJECT, PLACE, QUANTITY, text("legal_basis", "法律依据"), ORDER)),
    RecordKind(
        "contamination",
        "确认属于被污染",
        131,
        (text("food", "食品或原料"),),
        note_zh="确认依据",
        names_official=True,
    ),
    RecordKind(
        "recall",
        "责令召回或停止经营",
        131,
        (
            choice("order", "责令", ("recall", "召回"), ("stop", "停止经营")),
            text("food", "食品或原料"),
            OPERATOR,
            ORDER,
            text("quantity_out", "应召回数量", is_required=False),
            text("before_finding", "尚未确认即责令的理由", is_required=False),
        ),
    ),
    RecordKind(
        "recall_progress",
        "召回进展",
        131,
        (text("quantity_recovered", "已召回数量"), tick("is_complete", "已完成")),
        ("recall",),
    ),
    RecordKind("clean_tools", "责令清洗消毒", 132, (text("tool", "食品用（工）具"), PLACE, OPERATOR, ORDER)),
    RecordKind("mark_zone", "标明危害范围", 132, (PLACE, text("extent", "范围"))),
)
