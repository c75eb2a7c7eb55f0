"""The registers the offices keep (3.2, 3.3, 8, 9.2). What a row must say beyond the plan's own words is the house's choice."""

from collections.abc import Mapping
from typing import Final

from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.rights import Right
from plan.readiness import Audience, HelperKind, Purpose, ReserveKind, Teaching, TechnicalKind
from plan.refusal import PlanRefusal
from readiness.fields import Field, Kind
from readiness.models import (
    SHORT_OF_STOCK,
    Activity,
    Budget,
    Enterprise,
    Helper,
    Hospital,
    Stock,
    Team,
    TechnicalBody,
)
from readiness.register import (
    AGENTS,
    REACHED,
    UNREACHED,
    Register,
    Shortage,
    chosen,
    count,
    day,
    line,
    money,
    one_of_each,
    words,
)
from response.models import Expert

TEAMS: Final = Register(
    slug="teams",
    title=_("应急队伍"),
    clause="8.1",
    model=Team,
    key=("name",),
    fields=(
        line("name", _("队伍名称"), others=("名称", "队伍")),
        count("full_time", _("专职人数")),
        count("part_time", _("兼职人数")),
        words("skills", _("专业技能"), required=True, others=("技能", "专长")),
        words("equipment", _("装备设备"), others=("装备", "设备")),
        day("trained_on", _("最近一次培训"), is_past=True),
        *REACHED,
    ),
    shortages=(
        UNREACHED,
        Shortage("untrained", _("没有培训记录"), lambda _today: Q(trained_on__isnull=True)),
        Shortage("unequipped", _("没有装备设备记录"), lambda _today: Q(equipment="")),
    ),
)

EXPERTS: Final = Register(
    slug="experts",
    title=_("专家"),
    clause="8.1",
    model=Expert,
    key=("name", "unit"),
    of_city=True,
    fields=(
        line("name", _("姓名"), most=40, others=("专家",)),
        line("unit", _("单位")),
        line("field", _("专业领域"), most=40, others=("领域", "专业")),
        AGENTS,
        REACHED[1],
    ),
    shortages=(UNREACHED, Shortage("no_agents", _("没有写明致病因子"), lambda _today: Q(agents=[]))),
    note=_("与应急响应中的专家库是同一份：在这里登记的可以受聘，移出的不再受聘。"),
)

BODIES: Final = Register(
    slug="bodies",
    title=_("技术支撑机构"),
    clause="3.3",
    model=TechnicalBody,
    key=("name",),
    fields=(
        line("name", _("机构名称"), others=("名称", "机构")),
        chosen("kind", _("种类"), TechnicalKind),
        words("capability", _("能力"), required=True, others=("技术能力",)),
        AGENTS,
        *REACHED,
    ),
    shortages=(UNREACHED,),
    needs=one_of_each("kind", TechnicalKind),
)

HOSPITALS: Final = Register(
    slug="hospitals",
    title=_("医疗救治机构"),
    clause="8.3",
    model=Hospital,
    key=("name",),
    right=Right.KEEP_HOSPITALS,
    fields=(
        line("name", _("医院名称"), others=("名称", "医院")),
        count("beds", _("可用床位")),
        count("intensive_beds", _("重症床位")),
        words("ability", _("救治能力"), help_text=_("例如：血液净化、洗胃、高压氧、抗毒素治疗。")),
        AGENTS,
        *REACHED,
    ),
    shortages=(UNREACHED,),
)

STORES: Final = Register(
    slug="stores",
    title=_("应急储备"),
    clause="8.5",
    model=Stock,
    key=("item", "place"),
    fields=(
        line("item", _("品名"), others=("名称", "物资名称")),
        chosen("kind", _("类别"), ReserveKind),
        line("place", _("存放地点"), others=("地点", "仓库")),
        count("quantity", _("现有数量"), others=("数量", "库存")),
        count("level", _("应有数量"), others=("应储备数量",)),
        line("unit", _("计量单位"), most=10, others=("单位",)),
        day("expires_on", _("有效期至"), others=("有效期",)),
        AGENTS,
        *REACHED,
    ),
    shortages=(
        Shortage("short", _("少于应有数量"), lambda _today: SHORT_OF_STOCK),
        Shortage("expired", _("已过有效期"), lambda today: Q(expires_on__lt=today)),
        UNREACHED,
    ),
    note=_("应有数量由储备单位自定，预案没有规定。动用后须及时补充；“及时”没有时限。"),
)

BUDGETS: Final = Register(
    slug="budgets",
    title=_("应急经费"),
    clause="8.5",
    model=Budget,
    key=("year", "unit", "purpose"),
    is_checked=False,
    order=("-year", "unit", "purpose"),
    fields=(
        Field(name="year", heading=_("年度"), kind=Kind.YEAR, required=True),
        line("unit", _("预算单位"), others=("单位",)),
        chosen("purpose", _("用途"), Purpose),
        money("allotted", _("年度预算（元）")),
        money("received", _("已到位（元）")),
        money("spent", _("已支出（元）")),
        Field(
            name="on_time",
            heading=_("是否及时到位"),
            kind=Kind.YES,
            help_text=_("预案没有规定日期，由登记单位判断；尚不能判断的留空。"),
        ),
    ),
    shortages=(
        Shortage(
            "not_in_full",
            _("本年度没有足额到位"),
            lambda today: Q(year=today.year, received__lt=F("allotted")),
        ),
        Shortage("not_on_time", _("本年度没有及时到位"), lambda today: Q(year=today.year, on_time=False)),
        Shortage("overspent", _("支出超过到位资金"), lambda _today: Q(spent__gt=F("received"))),
    ),
    needs=(Shortage("this_year", _("本年度预算"), lambda today: Q(year=today.year)),),
)

HELPERS: Final = Register(
    slug="helpers",
    title=_("协管员、信息员、志愿者"),
    clause="8.2",
    model=Helper,
    key=("kind", "name", "station"),
    order=("station", "kind", "pk"),
    fields=(
        chosen("kind", _("种类"), HelperKind),
        line("name", _("姓名"), most=40, is_personal=True),
        line("station", _("负责区域"), others=("所在乡镇（街道）", "村社", "单位")),
        REACHED[1],
    ),
    shortages=(UNREACHED,),
    needs=one_of_each("kind", HelperKind),
)

ENTERPRISES: Final = Register(
    slug="enterprises",
    title=_("食品生产经营企业"),
    clause="9.2",
    model=Enterprise,
    key=("name",),
    right=Right.KEEP_ENTERPRISES,
    fields=(
        line("name", _("企业名称"), others=("名称", "企业")),
        line("address", _("地址"), required=False, most=120),
        Field(
            name="has_plan", heading=_("有事故处置方案"), kind=Kind.YES, required=True, others=("处置方案",)
        ),
        day("plan_on", _("处置方案日期"), is_past=True),
        day("self_checked_on", _("最近一次自查"), is_past=True),
        count("hazards", _("未消除的隐患"), required=False, others=("隐患", "隐患数")),
        *REACHED,
    ),
    shortages=(
        Shortage("no_plan", _("没有事故处置方案"), lambda _today: Q(has_plan=False)),
        Shortage("never_checked", _("没有自查记录"), lambda _today: Q(self_checked_on__isnull=True)),
        Shortage("hazards", _("有未消除的隐患"), lambda _today: Q(hazards__gt=0)),
    ),
    note=_("预案要求“定期检查”，没有规定间隔。"),
)

ACTIVITIES: Final = Register(
    slug="activities",
    title=_("宣传教育和培训"),
    clause="8.7",
    model=Activity,
    key=("held_on", "topic", "audience"),
    is_checked=False,
    order=("-held_on", "pk"),
    fields=(
        day("held_on", _("日期"), required=True, is_past=True),
        line("topic", _("主题"), others=("内容",)),
        chosen("kind", _("形式"), Teaching),
        chosen("audience", _("对象"), Audience),
        line("organiser", _("组织单位"), others=("单位",)),
        count("people", _("参加人数"), required=False, others=("人数",)),
    ),
    needs=one_of_each("audience", Audience),
)

REGISTERS: Final[Mapping[str, Register]] = {
    each.slug: each
    for each in (TEAMS, EXPERTS, BODIES, HOSPITALS, STORES, BUDGETS, HELPERS, ENTERPRISES, ACTIVITIES)
}
# Where an incident looks for help against its agent (3.3, 3.4.6, 8.3, 8.5).
SOURCES: Final = tuple(each for each in REGISTERS.values() if each.has_agents)


def register_of(slug: str) -> Register:
    """Return the register of this name; a refusal (404) where there is none."""
    if slug not in REGISTERS:
        raise PlanRefusal(gettext("没有这种登记册。"), clause="3.2", code="register_not_found", status=404)
    return REGISTERS[slug]
