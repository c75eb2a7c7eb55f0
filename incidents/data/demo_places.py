"""Invented places for demonstrations and drills; a real installation loads its own register."""

from dataclasses import dataclass

from incidents.models import PlaceKind


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """One registered place; `zone` where it lies in a functional zone."""

    county: str
    name: str
    registry_code: str
    address: str
    kind: PlaceKind
    zone: str = ""


PLACES = (
    PlaceRow("330212", "甬味轩餐厅", "JY23302120000018", "鄞州区中河街道四明中路1号", PlaceKind.RESTAURANT),
    PlaceRow("330212", "隆庆面包店", "JY13302120000026", "鄞州区下应街道湖下路2号", PlaceKind.RETAIL),
    PlaceRow("330212", "鄞州实验学校食堂", "JY33302120000034", "鄞州区首南街道3号", PlaceKind.SCHOOL_CANTEEN),
    PlaceRow(
        "330212", "东钱湖湖畔酒店", "JY23302120000042", "东钱湖镇环湖路4号", PlaceKind.RESTAURANT, "NB-DQH"
    ),
    PlaceRow("330212", "鄞州某户家庭聚餐点", "", "鄞州区姜山镇5号", PlaceKind.HOUSEHOLD),
    PlaceRow("330203", "月湖小学食堂", "JY33302030000019", "海曙区月湖街道6号", PlaceKind.SCHOOL_CANTEEN),
    PlaceRow("330203", "天一海鲜楼", "JY23302030000027", "海曙区江厦街道7号", PlaceKind.RESTAURANT),
    PlaceRow("330206", "北仑港区职工食堂", "JY33302060000013", "北仑区新碶街道8号", PlaceKind.CANTEEN),
    PlaceRow(
        "330282", "前湾配餐中心", "JY23302820000010", "前湾新区滨海路9号", PlaceKind.CENTRAL_KITCHEN, "NB-QW"
    ),
    PlaceRow("330281", "姚江幼儿园食堂", "JY33302810000015", "余姚市凤山街道10号", PlaceKind.NURSERY_CANTEEN),
)
