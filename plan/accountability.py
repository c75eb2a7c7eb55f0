"""What 7.3 holds an office or a person to account for: the grounds of its first two paragraphs, in its words."""

import enum
from typing import Self


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
