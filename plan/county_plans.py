"""What a county's plan is held against: the numbers of the city's plan, and its other points (预案 9.1 衔接)."""

from plan.labelled import Labelled


class CountyPoint(Labelled):
    """A point of the city's plan with which a county's plan must fit together; the plan lists none, these follow its chapters."""

    SCOPE = "scope", "适用范围与市级预案衔接（1.3）"
    GRADING = "grading", "分级情形与市级预案一致（2.1–2.4）"
    COMMAND = "command", "指挥机构及其办公室与市级对应（3.1、3.2、3.5）"
    GROUPS = "groups", "工作组及牵头单位与市级对应（3.4）"
    BEARERS = "bearers", "报告主体、对象和程序一致（5.1）"
    CONTENT = "content", "报告内容三要素一致（5.2）"
    ACTIVATION = "activation", "Ⅳ级响应由区县（市）启动并报告、备案（6.2.4）"
    ADJUSTMENT = "adjustment", "响应升级、降级条件一致（6.4.1）"
    TERMINATION = "termination", "响应终止四项条件一致（6.4.2）"
    INVESTIGATION = "investigation", "Ⅳ级事故由区县（市）组成调查组（7.2）"
    DRILLS = "drills", "每3年至少1次应急演练（9.2）"


class InspectionSubject(Labelled):
    """What an inspection looks at (预案 9.1)."""

    DRAFTING = "drafting", "预案编制"
    REVISION = "revision", "预案修订"
    DRILLS = "drills", "应急演练"
