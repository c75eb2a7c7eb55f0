"""What the plan names of monitoring and warnings (预案 4, 8.2): streams, feeds, helpers, the duties of a hazard, the grounds of a lifting."""

from plan.labelled import Labelled


class Stream(Labelled):
    """What is watched (4.1(d))."""

    DISEASE = "disease", "食源性疾病"
    CONTAMINATION = "contamination", "食品污染"
    HARMFUL_FACTOR = "factor", "食品中有害因素"


class Feed(Labelled):
    """Where information comes from (8.2(a))."""

    SAMPLING = "sampling", "抽检监测"
    COMPLAINT = "complaint", "投诉举报"
    OPINION = "opinion", "舆情监测"
    NOTICE = "notice", "事故报告与通报"


class Helper(Labelled):
    """Who helps to gather it (8.2(b))."""

    ASSISTANT = "assistant", "食品安全协管员"
    INFORMANT = "informant", "信息员"
    VOLUNTEER = "volunteer", "志愿者"


class HazardDuty(Labelled):
    """What a regulator owes once it has found a hazard or problem, 及时 and without hours (4.1(f), A19)."""

    CONTROL = "control", "采取有效控制措施"
    TELL_HEALTH = "tell", "通报卫生健康部门和有关方面"


class LiftGround(Labelled):
    """Why a warning may be lifted (4.2.2(b)): one is enough."""

    ELIMINATED = "eliminated", "因素已经消除"
    CONTROLLED = "controlled", "因素得到有效控制"
