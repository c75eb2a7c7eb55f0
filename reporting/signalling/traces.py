"""What a case was exposed to, as names that can be compared; none of them says who it is."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any, Final

from incidents.codes import EATEN_AT
from incidents.places import normalise
from reporting.signalling.names import compared
from reporting.signalling.parameters import SignalKind, Syndrome

AT_HOME: Final = EATEN_AT[0]
PLACES: Final = frozenset({SignalKind.PLACE, SignalKind.MAKER})
SHORTEST: Final = 2
# Names that tell no place or food from another.
SAYS_NOTHING: Final = frozenset(
    {
        *("家", "家里", "家中", "自家", "自己家", "家庭", "食堂", "学校", "学校食堂", "单位食堂", "单位"),
        *("饭店", "餐馆", "饭馆", "酒店", "超市", "菜市场", "农贸市场", "市场", "外卖", "网购", "路边摊"),
        *("不详", "不清楚", "不明", "未知", "暂不清楚", "无", "没有", "其他", "米饭", "家常菜", "饭菜"),
    }
)
NERVE_SYMPTOMS: Final = frozenset(
    {
        *("昏迷", "惊厥", "谵妄", "瘫痪", "言语困难", "吞咽困难", "复视", "视力模糊", "眼睑下垂"),
        *("肢体麻木", "末梢感觉障碍", "瞳孔异常", "抽搐", "发绀"),
    }
)
# Toxic effects of food, botulism, methaemoglobin (ICD-10).
NERVE_CODES: Final = ("T51", "T57", "T60", "T61", "T62", "T64", "A05.1", "D74.8")
LONGEST: Final = 140


def traces_of(details: Mapping[str, Any], home: Iterable[str] = ()) -> dict[str, datetime | None]:
    """Return what a case ate, where, and of which household it is, each with the moment of the meal if it was said."""
    found: dict[str, datetime | None] = {}
    meals: list[datetime] = []
    for exposure in details.get("exposures", ()):
        eaten_at = exposure.get("eaten_at")
        moment = datetime.fromisoformat(eaten_at) if eaten_at else None
        meals += [moment] if moment else []
        for trace in _named(exposure):
            found[trace] = found.get(trace) or moment
    return found | {trace_of(SignalKind.HOUSEHOLD, mark): max(meals, default=None) for mark in home}


def trace_of(kind: SignalKind, name: str) -> str:
    """Return the trace of a name, nothing of one that says nothing; places are compared less their area and form."""
    plain = compared(name) if kind in PLACES else normalise(name)
    if len(plain) < SHORTEST or plain in SAYS_NOTHING:
        return ""
    return f"{kind.value}|{plain}"[:LONGEST]


def syndrome_of(details: Mapping[str, Any], diagnosis_code: str) -> Syndrome:
    """Return the picture of an illness, as roughly as a rise is counted by."""
    is_nerve = bool(NERVE_SYMPTOMS & set(details.get("symptoms", ())))
    return Syndrome.NERVE if is_nerve or diagnosis_code.startswith(NERVE_CODES) else Syndrome.GUT


def _named(exposure: Mapping[str, Any]) -> Iterator[str]:
    eaten = "" if exposure.get("place_kind") == AT_HOME else exposure.get("place_eaten", "")
    names = (
        (SignalKind.PLACE, eaten),
        (SignalKind.MAKER, exposure.get("place_made", "")),
        (SignalKind.FOOD, exposure.get("food", "")),
    )
    for kind, name in names:
        if trace := trace_of(kind, name):
            yield trace
