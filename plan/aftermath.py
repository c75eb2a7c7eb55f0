"""What the aftermath settles, in the plan's words (预案 7.1, 8.6): costs, tasks, insurance, what was mobilised or requisitioned."""

from plan.labelled import Labelled

CLAUSE = "7.1"
SOCIAL_FORCES = "8.6"


class CostKind(Labelled):
    """What the aftermath pays for (7.1); the list ends in 等, so another kind is put down in words."""

    SETTLEMENT = "settlement", "人员安置"
    COMPENSATION = "compensation", "人员补偿"
    GOODS = "goods", "征用物资补偿"
    TRANSPORT = "transport", "运输工作补偿"
    EMERGENCY_ADVANCE = "emergency_advance", "应急机构垫付费用"
    MEDICAL_ADVANCE = "medical_advance", "医疗机构垫付费用"
    LATER_TREATMENT = "later_treatment", "受害者后续治疗费用"
    TESTING = "testing", "产品抽样及检验费用"
    POLLUTANTS = "pollutants", "污染物收集、清理与处理"
    OTHER = "other", "其他善后费用"


class TaskKind(Labelled):
    """What is to be done for people and order, beside paying (7.1)."""

    SETTLE = "settle", "安置受害和受影响人员"
    COMFORT = "comfort", "慰问受害和受影响人员"
    POLLUTANTS = "pollutants", "收集、清理与处理污染物"
    INFLUENCE = "influence", "消除事故影响"
    ORDER = "order", "恢复正常秩序"
    POLICY = "policy", "完善相关政策"
    INDUSTRY = "industry", "促进行业健康发展"


class InsuranceList(Labelled):
    """The two lists of 7.1: open from the moment of the incident, not only after the response."""

    RESCUERS = "rescuers", "应急救援人员保险受理"
    VICTIMS = "victims", "受害人员保险理赔"


class OrderKind(Labelled):
    """What 8.6 lets be called on; transport work is compensated by 7.1."""

    FORCES = "forces", "动员和组织社会力量"
    GOODS = "goods", "调用企业和个人物资"
    TRANSPORT = "transport", "征用运输"


class OrderState(Labelled):
    """How an order of 8.6 stands: open until 归还 or 补偿."""

    OPEN = "open", "尚未归还或补偿"
    RETURNED = "returned", "已归还"
    COMPENSATED = "compensated", "已补偿"


# A measure on record that costs somebody money, and as what the ledger takes it up.
COSTS_OF_MEASURES: dict[str, CostKind] = {
    "treat": CostKind.MEDICAL_ADVANCE,
    "transfer": CostKind.EMERGENCY_ADVANCE,
    "reinforce": CostKind.GOODS,
    "psychological_aid": CostKind.LATER_TREATMENT,
    "sanitise": CostKind.POLLUTANTS,
    "clean_tools": CostKind.POLLUTANTS,
    "sample": CostKind.TESTING,
    "sample_result": CostKind.TESTING,
}
# As what the compensation of an order is entered.
COSTS_OF_ORDERS: dict[OrderKind, CostKind] = {
    OrderKind.FORCES: CostKind.COMPENSATION,
    OrderKind.GOODS: CostKind.GOODS,
    OrderKind.TRANSPORT: CostKind.TRANSPORT,
}
