"""The kinds of body the plan names; `accounts` decides who holds which office, the plan which office must act."""

import enum


class Tier(enum.StrEnum):
    """At which level of government a body stands; outside for bodies above the city, none for those of no tier."""

    OUTSIDE = "outside"
    CITY = "city"
    COUNTY = "county"
    NONE = "none"


class OfficeKind(enum.StrEnum):
    """A kind of body named in the plan (预案 3, 5.1, 6.2, 7.2, 9.1)."""

    label_zh: str
    level: Tier
    clause: str

    def __new__(
        cls, value: str, label_zh: str = "", level: Tier = Tier.NONE, clause: str = ""
    ) -> "OfficeKind":
        member = str.__new__(cls, value)
        member._value_ = value
        member.label_zh = label_zh
        member.level = level
        member.clause = clause
        return member

    STATE_COUNCIL = "state_council", "国务院", Tier.OUTSIDE, "2.1(2)"
    MINISTRIES = "ministries", "国家部委及有关牵头单位", Tier.OUTSIDE, "7.2"
    PROVINCE_GOVERNMENT = "province_government", "省政府", Tier.OUTSIDE, "2.2(4)"
    PROVINCE_COMMISSION = "province_commission", "省食药安委", Tier.OUTSIDE, "7.2"
    PROVINCE_DEPARTMENTS = "province_departments", "省级有关部门", Tier.OUTSIDE, "3.1"

    CITY_PARTY_COMMITTEE = "city_party_committee", "市委", Tier.CITY, "3.1"
    CITY_GOVERNMENT = "city_government", "市政府", Tier.CITY, "2.3(3)"
    DUTY_ROOM = "duty_room", "市委市政府值班室", Tier.CITY, "5.1(8)"
    CITY_COMMISSION = "city_commission", "市食药安委", Tier.CITY, "3.1"
    CITY_COMMISSION_OFFICE = "city_commission_office", "市食药安办", Tier.CITY, "3.2"
    CITY_HEADQUARTERS = "city_headquarters", "市应急指挥部", Tier.CITY, "3.1"
    CITY_HEADQUARTERS_OFFICE = "city_headquarters_office", "市应急指挥部办公室", Tier.CITY, "3.2"
    CITY_REGULATOR = "city_regulator", "市市场监管局", Tier.CITY, "3.4.1"
    CITY_STAGE_REGULATOR = "city_stage_regulator", "事故发生环节的市级监管部门", Tier.CITY, "3.4.2"
    CITY_HEALTH = "city_health", "市卫生健康委", Tier.CITY, "3.4.3"
    CITY_POLITICAL_LEGAL = "city_political_legal", "市委政法委", Tier.CITY, "3.4.4"
    CITY_CYBERSPACE = "city_cyberspace", "市委网信办", Tier.CITY, "3.4.4"
    CITY_PETITIONS = "city_petitions", "市信访局", Tier.CITY, "3.4.4"
    CITY_POLICE = "city_police", "市公安局", Tier.CITY, "3.4.4"
    CITY_JUSTICE = "city_justice", "市司法局", Tier.CITY, "3.4.4"
    CITY_COURT = "city_court", "市中级法院", Tier.CITY, "3.4.4"
    CITY_PROCURATORATE = "city_procuratorate", "市检察院", Tier.CITY, "3.4.4"
    CITY_PUBLICITY = "city_publicity", "市委宣传部（市新闻办）", Tier.CITY, "3.4.5"
    CITY_EMERGENCY_MANAGEMENT = "city_emergency_management", "市应急管理局", Tier.CITY, "9.1"
    CITY_UNIT = "city_unit", "市级有关单位", Tier.CITY, "5.1(8)"
    MEMBER_UNIT = "member_unit", "市食药安委成员单位", Tier.CITY, "3.1"

    COUNTY_GOVERNMENT = "county_government", "区县（市）政府", Tier.COUNTY, "3.5"
    COUNTY_COMMISSION = "county_commission", "县级食药安委", Tier.COUNTY, "6.2.4"
    COUNTY_COMMISSION_OFFICE = "county_commission_office", "县级食药安办", Tier.COUNTY, "6.2.4"
    COUNTY_HEADQUARTERS = "county_headquarters", "区县（市）应急指挥机构", Tier.COUNTY, "3.5"
    COUNTY_REGULATOR = "county_regulator", "县级食品安全监管部门", Tier.COUNTY, "5.1(1)"
    COUNTY_HEALTH = "county_health", "县级卫生健康部门", Tier.COUNTY, "5.1(3)"
    COUNTY_DEPARTMENT = "county_department", "区县（市）有关部门", Tier.COUNTY, "3.5"

    HOSPITAL = "hospital", "医疗卫生机构", Tier.NONE, "5.1(3)"
    CDC = "cdc", "疾病预防控制机构", Tier.NONE, "6.3.3"
    TESTING_BODY = "testing_body", "食品安全检验检测机构", Tier.NONE, "3.3"
    OPERATOR = "operator", "食品生产经营者", Tier.NONE, "5.1(1)"
    UNIT = "unit", "发生急性群体性健康损害的单位", Tier.NONE, "5.1(2)"
    ASSOCIATION = "association", "有关社会团体", Tier.NONE, "5.1(4)"
    INDIVIDUAL = "individual", "个人", Tier.NONE, "5.1(4)"
    EXPERT = "expert", "专家", Tier.NONE, "3.4.6"
    INSURANCE_REGULATOR = "insurance_regulator", "保险监管部门", Tier.NONE, "7.1"
    SUPERVISORY_ORGAN = "supervisory_organ", "监察机关", Tier.NONE, "3.4.1"
    PROCURATORATE = "procuratorate", "检察机关", Tier.NONE, "3.4.1"


# They report to the offices and hold none themselves (5.1(1), 5.1(2), 5.1(4)).
OUTSIDE = frozenset(
    {
        OfficeKind.OPERATOR,
        OfficeKind.UNIT,
        OfficeKind.TESTING_BODY,
        OfficeKind.ASSOCIATION,
        OfficeKind.INDIVIDUAL,
    }
)
# A county's other departments, which the plan names together and not one by one, are on record by name: nobody acts for
# them here either, and nothing reaches them through this system (5.1(6), 3.5).
BY_NAME_ALONE = OUTSIDE | {OfficeKind.COUNTY_DEPARTMENT}
