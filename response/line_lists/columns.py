"""The columns of a line list: their headings, other names they go by, and what stands in them (5.1(3))."""

import enum
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from incidents.codes import (
    EATEN_AT,
    FOOD_CLASSES,
    HISTORIES,
    MEALS,
    OCCUPATIONS,
    PACKAGING,
    RESIDENCES,
    RESULTS,
    SPECIMENS,
)
from incidents.models import Certainty, Outcome, Sex


class Kind(enum.Enum):
    """How a cell is read."""

    TEXT = enum.auto()
    CODE = enum.auto()
    NUMBER = enum.auto()
    WORDS = enum.auto()
    MOMENT = enum.auto()
    DAY = enum.auto()
    YES = enum.auto()
    AGE = enum.auto()
    DEGREES = enum.auto()
    COUNT = enum.auto()
    CHOICE = enum.auto()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Column:
    """One column. `path` is where its value goes in the body of a report; `choices` map what is written to what is sent."""

    path: tuple[str, ...]
    heading: str
    kind: Kind
    others: tuple[str, ...] = ()
    choices: Mapping[str, str] | None = None


def _labels(choices: type[Sex] | type[Outcome] | type[Certainty], **others: str) -> dict[str, str]:
    return {str(each.label): each.value for each in choices} | others


def _as_said(codes: tuple[str, ...]) -> dict[str, str]:
    return {code: code for code in codes}


SEXES: Final = _labels(Sex, 男性="male", 女性="female", 不详="unknown")
OUTCOMES: Final = _labels(
    Outcome, 在治="in_treatment", 治愈="recovered", 痊愈="recovered", 不详="unknown", 亡="dead"
)
CERTAINTIES: Final = _labels(Certainty, 疑似病例="suspected", 可能="probable", 确诊="confirmed")

COLUMNS: Final = (
    Column(path=("local_id",), heading="病例编号", kind=Kind.CODE, others=("本院编号", "编号", "门诊号")),
    Column(path=("personal", "name"), heading="姓名", kind=Kind.TEXT, others=("患者姓名",)),
    Column(
        path=("personal", "id_number"), heading="证件号", kind=Kind.NUMBER, others=("身份证号", "身份证号码")
    ),
    Column(path=("personal", "phone"), heading="联系电话", kind=Kind.CODE, others=("电话", "手机号")),
    Column(path=("personal", "birth_on"), heading="出生日期", kind=Kind.DAY, others=("生日",)),
    Column(path=("personal", "address"), heading="现住址", kind=Kind.TEXT, others=("住址", "地址")),
    Column(
        path=("personal", "guardian"), heading="监护人", kind=Kind.TEXT, others=("监护人姓名", "家长姓名")
    ),
    Column(path=("personal", "inpatient_number"), heading="住院号", kind=Kind.CODE),
    Column(path=("histories",), heading="既往病史", kind=Kind.WORDS, choices=_as_said(HISTORIES)),
    Column(path=("personal", "medical_history"), heading="其他既往病史", kind=Kind.TEXT),
    Column(path=("sex",), heading="性别", kind=Kind.CHOICE, choices=SEXES),
    Column(path=("age",), heading="年龄", kind=Kind.AGE, others=("周岁",)),
    Column(
        path=("occupation",),
        heading="职业",
        kind=Kind.CHOICE,
        choices=_as_said(OCCUPATIONS),
        others=("人群分类",),
    ),
    Column(path=("lives_in",), heading="病人属于", kind=Kind.CHOICE, choices=_as_said(RESIDENCES)),
    Column(path=("onset_at",), heading="发病时间", kind=Kind.MOMENT, others=("发病日期",)),
    Column(path=("visit_at",), heading="就诊时间", kind=Kind.MOMENT, others=("就诊日期",)),
    Column(path=("symptoms",), heading="症状", kind=Kind.WORDS, others=("主要症状",)),
    Column(path=("other_symptoms",), heading="其他症状", kind=Kind.TEXT),
    Column(path=("vomits_per_day",), heading="呕吐次数", kind=Kind.COUNT, others=("每天呕吐次数",)),
    Column(path=("stools_per_day",), heading="腹泻次数", kind=Kind.COUNT, others=("每天腹泻次数",)),
    Column(path=("temperature",), heading="最高体温", kind=Kind.DEGREES, others=("体温",)),
    Column(path=("is_severe",), heading="是否重症", kind=Kind.YES, others=("重症",)),
    Column(path=("is_inpatient",), heading="是否住院", kind=Kind.YES, others=("住院",)),
    Column(path=("is_secondary",), heading="是否二代病例", kind=Kind.YES),
    Column(path=("outcome",), heading="转归", kind=Kind.CHOICE, choices=OUTCOMES),
    Column(path=("died_at",), heading="死亡时间", kind=Kind.MOMENT),
    Column(path=("treated_at",), heading="开始救治时间", kind=Kind.MOMENT),
    Column(path=("stable_since_at",), heading="病情稳定时间", kind=Kind.MOMENT),
    Column(path=("certainty",), heading="病例分类", kind=Kind.CHOICE, choices=CERTAINTIES),
    Column(path=("diagnosis",), heading="初步诊断", kind=Kind.TEXT, others=("诊断", "临床诊断")),
    Column(path=("diagnosis_code",), heading="诊断编码", kind=Kind.TEXT, others=("ICD-10", "ICD10")),
    Column(path=("antibiotics_before",), heading="就诊前用过抗生素", kind=Kind.YES, others=("抗生素",)),
    Column(path=("treatments",), heading="用药", kind=Kind.WORDS),
    Column(path=("residence_code",), heading="现住址区划代码", kind=Kind.CODE),
    Column(path=("exposure", "food"), heading="可疑食品", kind=Kind.TEXT, others=("食品名称",)),
    Column(
        path=("exposure", "food_class"),
        heading="食品分类",
        kind=Kind.CHOICE,
        choices=_as_said(FOOD_CLASSES),
    ),
    Column(path=("exposure", "brand"), heading="食品品牌", kind=Kind.TEXT, others=("品牌",)),
    Column(path=("exposure", "maker"), heading="生产厂家", kind=Kind.TEXT),
    Column(
        path=("exposure", "packaging"),
        heading="加工或包装方式",
        kind=Kind.CHOICE,
        choices=_as_said(PACKAGING),
        others=("包装方式",),
    ),
    Column(path=("exposure", "meal"), heading="餐次", kind=Kind.CHOICE, choices=_as_said(MEALS)),
    Column(path=("exposure", "eaten_at"), heading="进食时间", kind=Kind.MOMENT, others=("就餐时间",)),
    Column(path=("exposure", "place_eaten"), heading="进食场所", kind=Kind.TEXT, others=("就餐地点",)),
    Column(path=("exposure", "place_kind"), heading="场所类型", kind=Kind.CHOICE, choices=_as_said(EATEN_AT)),
    Column(path=("exposure", "place_made"), heading="加工场所", kind=Kind.TEXT),
    Column(path=("exposure", "place_bought"), heading="购买场所", kind=Kind.TEXT),
    Column(
        path=("exposure", "place_bought_kind"),
        heading="购买场所类型",
        kind=Kind.CHOICE,
        choices=_as_said(EATEN_AT),
    ),
    Column(path=("exposure", "people_ate"), heading="进食人数", kind=Kind.COUNT),
    Column(path=("exposure", "others_ill"), heading="其他人是否发病", kind=Kind.YES),
    Column(path=("specimen", "kind"), heading="标本类型", kind=Kind.CHOICE, choices=_as_said(SPECIMENS)),
    Column(path=("specimen", "taken_at"), heading="采集时间", kind=Kind.MOMENT, others=("采样时间",)),
    Column(path=("specimen", "test"), heading="检测项目", kind=Kind.TEXT),
    Column(path=("specimen", "result"), heading="检测结果", kind=Kind.CHOICE, choices=_as_said(RESULTS)),
    Column(path=("specimen", "agent"), heading="检出致病因子", kind=Kind.TEXT),
)
# What stands for nothing in a cell.
NOTHING: Final = frozenset({"", "/", "-", "—", "－", "无", "不明", "未填", "NULL", "N/A", "#N/A"})


def plain(heading: object) -> str:
    """Return a heading as it is compared: without spaces, stars, full-width forms and what stands in brackets."""
    text = unicodedata.normalize("NFKC", str(heading or ""))
    return re.sub(r"[\s*:]|\([^)]*\)", "", text).upper()


BY_HEADING: Final = {plain(name): column for column in COLUMNS for name in (column.heading, *column.others)}
LOCAL_ID: Final = COLUMNS[0]
HEADING_OF: Final = {column.path[-1]: column.heading for column in COLUMNS}
