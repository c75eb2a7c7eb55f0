"""Names of places as signals compare them: as they are written, less where they lie and what form of company they are.

A registered company is named area, own name, trade, form; people leave out the first and the last. An area stays where nothing
of its own would be left: two counties have a 第一医院 each.
"""

import re
from typing import Final

from accounts.data.jurisdictions import CITY_NAME, COUNTIES
from incidents.models import Place
from incidents.places import normalise

FORMS: Final = re.compile(r"(?:股份有限公司|有限责任公司|有限公司)$")
PROVINCE: Final = "浙江省"
AREAS: Final = (PROVINCE, CITY_NAME[0], *(county.name for county in COUNTIES))
# As companies write them, without 省, 市, 区 or 县.
BARE: Final = tuple(area[:-1] for area in AREAS)
# What many places are called, in whatever county: none is told from another by it.
COMMON: Final = re.compile(
    r"第?[一二三四五六七八九十\d]+|实验|中心|人民|城关|初级|高级|职业|技术|小学|中学|初中|高中|大学|学院|学校|幼儿园|托儿所"
    r"|中医院|医院|卫生院|食堂|饭店|酒店|大酒店|宾馆|餐厅|餐馆|饭馆|超市|菜市场|农贸市场|市场|机关|养老院|敬老院|福利院|党校"
)
LEAST_OWN: Final = 3
MOST_PLACES: Final = 200


def compared(name: str) -> str:
    """Return a place's name as signals compare it: one width, no spaces or punctuation, no company form, no area before it."""
    plain = normalise(name)
    short = FORMS.sub("", plain)
    is_company, left = short != plain, short
    for area, bare in zip(AREAS, BARE, strict=True):
        left = left.removeprefix(bare if is_company and not left.startswith(area) else area)
    return left if len(COMMON.sub("", left)) >= LEAST_OWN else short


def places_named(name: str) -> list[Place]:
    """Return the registered places that are compared under this name."""
    rows = Place.objects.filter(normalised_name__contains=name).select_related("county").order_by("pk")
    return [row for row in rows[:MOST_PLACES] if compared(row.name) == name]
