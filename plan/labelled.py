"""Enumerations whose stable English value carries the plan's Chinese word."""

import enum
from typing import Self


class Labelled(enum.StrEnum):
    """A member is written `NAME = "value", "中文"`."""

    label_zh: str

    def __new__(cls, value: str, label_zh: str = "") -> Self:
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_zh = label_zh
        return member
