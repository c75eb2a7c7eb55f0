"""The numbers of early detection: house parameters, none of them from the plan, which names none (4.1, 8.2; A19).

Why these methods: the decision record on signals. What they cost in false alarms and gain in time: `make signals`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _


class SignalKind(models.TextChoices):
    """What the cases of a signal have in common."""

    PLACE = "place", _("同一就餐场所")
    MAKER = "maker", _("同一加工或购买场所")
    FOOD = "food", _("同一食品")
    HOUSEHOLD = "home", _("同一家庭")
    RISE = "rise", _("同地同时增多")


class Syndrome(models.TextChoices):
    """The picture of an illness, as roughly as a rise is counted by."""

    GUT = "gut", _("胃肠道症状为主")
    NERVE = "nerve", _("神经系统症状或中毒")


@dataclass(frozen=True, slots=True)
class SharedRule:
    """When a shared exposure is proposed: so many households within a window that chance seldom brings together.

    `chance` is how rarely as many may be met by chance, given how often the same was named before (Poisson).
    """

    least: int
    window: timedelta
    chance: float


@dataclass(frozen=True, slots=True)
class RiseRule:
    """When a county's day is unusual: so many households, and above the mean of the same weekdays by `deviations`."""

    least: int
    deviations: float


SHARED: Final[Mapping[SignalKind, SharedRule]] = {
    SignalKind.PLACE: SharedRule(least=2, window=timedelta(hours=72), chance=0.001),
    SignalKind.MAKER: SharedRule(least=2, window=timedelta(days=14), chance=0.0005),
    SignalKind.FOOD: SharedRule(least=3, window=timedelta(hours=72), chance=0.0001),
}
# Persons of one household and one meal; fewer with somebody severely ill or dead among them.
HOUSEHOLD_LEAST: Final = 4
HOUSEHOLD_LEAST_GRAVE: Final = 2
HOUSEHOLD_WINDOW: Final = timedelta(hours=24)
RISES: Final[Mapping[Syndrome, RiseRule]] = {
    Syndrome.GUT: RiseRule(least=5, deviations=4),
    Syndrome.NERVE: RiseRule(least=2, deviations=3),
}
# The same weekday of so many weeks before; fewer known weeks than the least are no baseline.
BASELINE_WEEKS: Final = 8
LEAST_WEEKS: Final = 4
LEAST_DEVIATION: Final = 0.5
# How far back the same may have been named to be usual, and what is assumed of what was never named (a Gamma prior).
USUAL_DAYS: Final = 365
PRIOR_MENTIONS: Final = 0.5
PRIOR_DAYS: Final = 60
SEASON_DAYS: Final = 28
SEASON_PRIOR: Final = 20
LOOKS_BACK: Final = timedelta(days=14)
# A dismissed signal comes back with so many more households and so many times as many.
GROWN_BY: Final = 2
GROWN_TIMES: Final = 1.5
REMEMBERED: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Stated:
    """One parameter as pages and documents show it: what it is, its value, and where it comes from."""

    label: object
    value: str
    source: object


HOUSE: Final = _("本系统设定，不是预案规定")
TABLE: Final[tuple[Stated, ...]] = (
    Stated(
        _("就餐场所：72小时内的互不相关家庭数"),
        "2",
        _("食源性疾病暴发的通行定义：同一暴露来源2例及以上；72小时与事故并案规则一致"),
    ),
    Stated(
        _("场所名称按什么比较"),
        "",
        _(
            "全角半角、空格标点、大小写不分；去掉末尾的“有限公司”等和开头的浙江省、宁波市、区县（市）；去掉后没有自己的名字的（如第一医院、实验小学）保留区县"
        ),
    ),
    Stated(_("加工或购买场所：14天内的互不相关家庭数"), "2", _("同上；预包装和散装食品的在售时间")),
    Stated(_("食品：72小时内的互不相关家庭数"), "3", _("同一食品名称没有场所，证据较弱，多要求1户")),
    Stated(
        _("偶然相遇的概率上限（泊松）：场所、加工场所、食品"),
        "0.001 / 0.0005 / 0.0001",
        _("按过去一年被提及的次数和季节计算；与时空扫描统计量（Kulldorff 1997）同一思路"),
    ),
    Stated(
        _("同一家庭：24小时内的人数；其中有重症或死亡的"),
        "4；2",
        _(
            "一家三口同患传染性胃肠炎是常事：取3时误报多数由此而来，取4时发现真实家庭暴发只晚约半小时（make signals）"
        ),
    ),
    Stated(
        _("同地同时：高于过去8个同一星期日平均值的标准差倍数（胃肠道；神经或中毒）"),
        "4；3",
        _("EARS C2（Hutwagner 2003）的形式，基线取同一星期日；标准差不小于均值的平方根和0.5"),
    ),
    Stated(_("同地同时：最少家庭数（胃肠道；神经或中毒）"), "5；2", HOUSE),
    Stated(_("不予立案后再次提出：户数至少增加2户且达到1.5倍"), "2；1.5", HOUSE),
)
