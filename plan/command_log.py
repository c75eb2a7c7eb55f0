"""The kinds of entry in the command log of headquarters (预案 3.1, 3.2): what each asks for, and who must be named."""

from dataclasses import dataclass

from plan.offices import OfficeKind as Office
from plan.records.kinds import Asked, choice, text


@dataclass(frozen=True, slots=True)
class LogKind:
    """One kind of entry.

    acts: whether those it names must report what they did; None leaves it to the issuer. recipients: bodies that must all
    be among those named by the city's headquarters. has_closure: the issuer says whether the answer is enough.
    to_members: may go to all member units at once. has_origin: passed on from above, and from whom.
    """

    code: str
    clause: str
    lead_zh: str
    asks: tuple[Asked, ...] = ()
    text_zh: str = "内容"
    acts: bool | None = None
    needs_addressee: bool = True
    recipients: tuple[Office, ...] = ()
    has_closure: bool = False
    has_origin: bool = False
    has_number: bool = False
    to_members: bool = False


# The plan names the addressees and prints no form and no interval (3.1, 3.2); what is asked here is the house's own.
LOG_KINDS: dict[str, LogKind] = {
    kind.code: kind
    for kind in (
        LogKind("order", "3.1", "组织、协调、指导应急救援：写明由谁办理、何时办结。"),
        LogKind(
            "decision",
            "3.1",
            "重大事项决策：写明备选方案、利弊和决定。",
            (
                text("options", "备选方案及利弊"),
                text("decided_by", "作出决定的会议或负责人"),
            ),
            text_zh="决定",
            acts=False,
            needs_addressee=False,
        ),
        LogKind(
            "instruction",
            "3.2",
            "传达贯彻市委、市政府和市应急指挥部下达的应急处置指令，写明来源。",
            has_origin=True,
        ),
        LogKind(
            "supervision",
            "3.2",
            "指导、检查、督促事发地政府和相关部门；收到答复后由指挥部办公室办结或退回。",
            acts=True,
            has_closure=True,
        ),
        LogKind(
            "issue",
            "3.2",
            "研究、协调、解决应急处理工作中的具体问题：写明问题和负责单位，解决后办结。",
            (text("coordination", "协调意见", is_required=False),),
            text_zh="问题",
            acts=True,
            has_closure=True,
        ),
        LogKind("circular", "3.2", "向成员单位通报有关工作情况，各单位签收。", acts=False, to_members=True),
        LogKind(
            "progress",
            "3.2",
            "向市委、市政府和市应急指挥部报告应急处置工作进展情况；没有账号的单位，由办公室登记接收人和时间。",
            (
                text("done", "已开展的工作"),
                text("problems", "存在的问题", is_required=False),
                text("next", "下一步工作"),
            ),
            text_zh="基本情况",
            acts=False,
            recipients=(Office.CITY_PARTY_COMMITTEE, Office.CITY_GOVERNMENT, Office.CITY_COMMISSION),
            has_number=True,
        ),
        LogKind(
            "upward",
            "3.1",
            "向市委、市政府及省级有关部门报告应急救援情况；没有账号的单位，由办公室登记接收人和时间。",
            acts=False,
            recipients=(Office.CITY_PARTY_COMMITTEE, Office.CITY_GOVERNMENT, Office.PROVINCE_DEPARTMENTS),
            has_number=True,
        ),
        LogKind(
            "minutes",
            "3.2",
            "会议纪要：写明时间、参加单位和议定事项。",
            (
                text("held", "会议时间和地点"),
                text("attendees", "参加单位"),
            ),
            text_zh="议定事项",
            needs_addressee=False,
            has_number=True,
        ),
        LogKind(
            "document",
            "3.2",
            "公文处理：登记收文、发文。",
            (
                choice("direction", "收发", ("in", "收文"), ("out", "发文")),
                text("counterpart", "来文或主送单位"),
            ),
            text_zh="内容摘要",
            acts=False,
            needs_addressee=False,
            has_number=True,
        ),
        # Entered by the change of command itself, never by hand (3.5, A62, A63).
        LogKind("handover", "6.4.1", "处置工作移交。", acts=True),
    )
}

# Bodies above and beside the house: what reaches them is noted by whoever sent it.
WITHOUT_ACCOUNT = frozenset({Office.CITY_PARTY_COMMITTEE, Office.PROVINCE_DEPARTMENTS})
# They act under the overall coordination of the regulator of their level, who is told of every task of theirs (3.3).
TECHNICAL = frozenset({Office.HOSPITAL, Office.CDC, Office.TESTING_BODY})
COORDINATORS = (Office.CITY_REGULATOR, Office.COUNTY_REGULATOR)
