"""What 7.3 holds an office or a person to account for, and to whom 3.4.1 and 7.3 refer a matter, in their words."""

import enum
from dataclasses import dataclass
from typing import Self

from plan.clauses import clause
from plan.labelled import Labelled
from plan.offices import OUTSIDE, OfficeKind


class AccountabilityGround(enum.StrEnum):
    """A ground on which a file is opened; a named person says so, never the machine (预案 7.3, A41)."""

    label_zh: str
    paragraph: int
    clauses: tuple[str, ...]

    def __new__(
        cls, value: str, label_zh: str = "", paragraph: int = 1, clauses: tuple[str, ...] = ("7.3",)
    ) -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_zh, member.paragraph, member.clauses = label_zh, paragraph, clauses
        return member

    NOT_REPORTED = "not_reported", "未进行处置、报告", 1
    EVIDENCE = "evidence", "隐匿、伪造、毁灭有关证据", 1, ("5.1", "7.3")
    CONSEQUENCES = "consequences", "造成严重后果", 1
    CONCEALED = "concealed", "瞒报", 2, ("5.1", "7.3")
    DELAYED = "delayed", "缓报", 2, ("5.1", "7.3")
    FALSIFIED = "falsified", "谎报", 2, ("5.1", "7.3")
    # Sanctionable, though not in the list of 5.1 (A41).
    OMITTED = "omitted", "漏报", 2
    DERELICTION = "dereliction", "应急处置工作中其他失职、渎职行为", 2


@dataclass(frozen=True, slots=True)
class ReferralKind:
    """One way a matter leaves the house: on what ground, to which organ, and what must be set down for it.

    conjuncts: what the plan makes a condition, each recorded on its own; silent_on: bodies that its words don't reach.
    quoted: clause and the sentence of it as printed. usual: the city's organ of this kind, where the plan names it.
    """

    code: str
    ground_zh: str
    addressee_zh: str
    conjuncts: tuple[tuple[str, str], ...]
    quoted: tuple[tuple[str, str], ...]
    silent_on: frozenset[OfficeKind] = frozenset()
    usual: OfficeKind | None = None

    @property
    def clauses(self) -> tuple[str, ...]:
        """The clauses it rests on."""
        return tuple(ref for ref, _text in self.quoted)


def _sentence(ref: str, begins: str) -> tuple[str, str]:
    """Return one sentence of a clause, as printed."""
    text = clause(ref).text_zh
    start = text.index(begins)
    return ref, text[start : text.index("。", start) + 1]


_CONDUCT, _HARM = "conduct", "harm"
# Printed 收到 for 受到: quoted as it stands (A41).
_PUBLIC_INTEREST_SUIT = _sentence("7.3", "事故责任单位或负责人实施")
# Whose staff are none of 机关工作人员 and who are no 行政机关.
_NO_ORGAN = OUTSIDE | {OfficeKind.HOSPITAL, OfficeKind.CDC, OfficeKind.EXPERT}

REFERRALS: dict[str, ReferralKind] = {
    kind.code: kind
    for kind in (
        ReferralKind(
            "public_interest",
            "侵害消费者合法权益等损害社会公共利益的行为",
            "检察机关",
            ((_CONDUCT, "有关单位或负责人的行为，以及对社会公共利益的影响"),),
            (_PUBLIC_INTEREST_SUIT,),
            usual=OfficeKind.CITY_PROCURATORATE,
        ),
        ReferralKind(
            "organ",
            "行政机关违法行使职权或者不作为",
            "检察机关",
            (
                (_CONDUCT, "涉及的行使职权行为或者不作为（是否违法由受移送机关认定）"),
                (_HARM, "国家利益或者社会公共利益受侵害的线索（是否属实由受移送机关认定）"),
            ),
            (_sentence("3.4.1", "涉及行政机关违法"), _PUBLIC_INTEREST_SUIT),
            _NO_ORGAN,
            OfficeKind.CITY_PROCURATORATE,
        ),
        ReferralKind(
            "dereliction",
            "监管部门及其他机关工作人员的失职、渎职等行为",
            "监察机关",
            ((_CONDUCT, "涉及的履职情况（是否失职、渎职由受移送机关认定）"),),
            (_sentence("3.4.1", "监管部门及其他机关"),),
            OUTSIDE,
        ),
        ReferralKind(
            "crime",
            "涉嫌犯罪",
            "公安等有权机关",
            ((_CONDUCT, "涉嫌犯罪的线索（是否构成犯罪由受移送机关认定）"),),
            (_sentence("3.4.1", "对涉嫌犯罪的"), _sentence("7.3", "对瞒报、缓报")),
            usual=OfficeKind.CITY_POLICE,
        ),
    )
}


class ReferralStep(Labelled):
    """How far a referral has come; the plan names no steps, these are the house's."""

    SENT = "sent", "已移送"
    RECEIVED = "received", "已签收"
    ACCEPTED = "accepted", "已受理"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    RETURNED = "returned", "退回"
    VOID = "void", "作废"


_ANSWERS = (ReferralStep.ACCEPTED, ReferralStep.NOT_ACCEPTED, ReferralStep.RETURNED)
# What may follow what; the empty text is a referral that has been drawn up and not sent.
NEXT_STEPS: dict[str, tuple[ReferralStep, ...]] = {
    "": (ReferralStep.SENT, ReferralStep.VOID),
    ReferralStep.SENT: (ReferralStep.RECEIVED, *_ANSWERS),
    ReferralStep.RECEIVED: _ANSWERS,
    ReferralStep.ACCEPTED: (ReferralStep.RETURNED,),
    ReferralStep.NOT_ACCEPTED: (),
    ReferralStep.RETURNED: (),
    ReferralStep.VOID: (),
}
# These are said with their reason.
STEPS_WITH_REASON = frozenset({ReferralStep.NOT_ACCEPTED, ReferralStep.RETURNED, ReferralStep.VOID})
