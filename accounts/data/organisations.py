"""The bodies the plan gives duties to in Ningbo, and the hospitals and disease-control centres that report."""

from collections.abc import Iterator
from dataclasses import dataclass

from accounts.data.jurisdictions import CITY_CODE, COUNTIES, CountyRow
from plan.offices import OfficeKind as Kind


@dataclass(frozen=True, slots=True)
class OrganisationRow:
    """One organisation; `houses` is the code of the office it houses (A21)."""

    code: str
    name: str
    name_en: str
    kind: Kind
    jurisdiction: str = CITY_CODE
    houses: str = ""


CITY_ORGANISATIONS = (
    OrganisationRow("city-gov", "市政府", "Municipal Government", Kind.CITY_GOVERNMENT),
    # They hold no account: what reaches them is noted by whoever sent it.
    OrganisationRow("city-party", "市委", "Municipal Party Committee", Kind.CITY_PARTY_COMMITTEE),
    OrganisationRow("city-duty", "市委市政府值班室", "Party and Government Duty Room", Kind.DUTY_ROOM),
    OrganisationRow("city-commission", "市食药安委", "Food and Drug Safety Commission", Kind.CITY_COMMISSION),
    OrganisationRow("city-fso", "市食药安办", "Commission Office", Kind.CITY_COMMISSION_OFFICE),
    OrganisationRow(
        "city-regulator",
        "市市场监管局",
        "Administration for Market Regulation",
        Kind.CITY_REGULATOR,
        houses="city-fso",
    ),
    OrganisationRow("city-health", "市卫生健康委", "Health Commission", Kind.CITY_HEALTH),
    OrganisationRow(
        "city-politics-law", "市委政法委", "Politics and Law Committee", Kind.CITY_POLITICAL_LEGAL
    ),
    OrganisationRow("city-cyberspace", "市委网信办", "Cyberspace Office", Kind.CITY_CYBERSPACE),
    OrganisationRow("city-petitions", "市信访局", "Petitions Bureau", Kind.CITY_PETITIONS),
    OrganisationRow("city-police", "市公安局", "Public Security Bureau", Kind.CITY_POLICE),
    OrganisationRow("city-justice", "市司法局", "Justice Bureau", Kind.CITY_JUSTICE),
    OrganisationRow("city-court", "市中级法院", "Intermediate Court", Kind.CITY_COURT),
    OrganisationRow("city-procuratorate", "市检察院", "Procuratorate", Kind.CITY_PROCURATORATE),
    OrganisationRow("city-publicity", "市委宣传部（市新闻办）", "Publicity Department", Kind.CITY_PUBLICITY),
    OrganisationRow(
        "city-emergency", "市应急管理局", "Emergency Management Bureau", Kind.CITY_EMERGENCY_MANAGEMENT
    ),
    OrganisationRow(
        "city-agriculture", "市农业农村局", "Agriculture and Rural Affairs Bureau", Kind.CITY_UNIT
    ),
    OrganisationRow("city-education", "市教育局", "Education Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-commerce", "市商务局", "Commerce Bureau", Kind.CITY_UNIT),
    OrganisationRow(
        "city-tourism", "市文化广电旅游局", "Culture, Radio, Television and Tourism Bureau", Kind.CITY_UNIT
    ),
    OrganisationRow("city-civil-affairs", "市民政局", "Civil Affairs Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-housing", "市住房城乡建设局", "Housing and Construction Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-transport", "市交通运输局", "Transport Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-law-enforcement", "市综合行政执法局", "Law Enforcement Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-grain", "市粮食物资局", "Grain and Reserves Bureau", Kind.CITY_UNIT),
    OrganisationRow("city-customs", "宁波海关", "Ningbo Customs", Kind.CITY_UNIT),
    OrganisationRow("city-ecology", "市生态环境局", "Ecology and Environment Bureau", Kind.MEMBER_UNIT),
    OrganisationRow("city-reform", "市发展改革委", "Development and Reform Commission", Kind.MEMBER_UNIT),
    OrganisationRow("city-finance", "市财政局", "Finance Bureau", Kind.MEMBER_UNIT),
    OrganisationRow("city-science", "市科技局", "Science and Technology Bureau", Kind.MEMBER_UNIT),
    OrganisationRow(
        "city-industry", "市经信局", "Economy and Information Technology Bureau", Kind.MEMBER_UNIT
    ),
    OrganisationRow("city-cdc", "市疾控中心", "Centre for Disease Control", Kind.CDC),
    OrganisationRow(
        "city-insurance",
        "宁波金融监管局",
        "Ningbo Financial Regulatory Bureau",
        Kind.INSURANCE_REGULATOR,
    ),
    # Above the city: it receives, and nobody here sits in it.
    OrganisationRow(
        "province-regulator",
        "省市场监管局",
        "Provincial Administration for Market Regulation",
        Kind.PROVINCE_DEPARTMENTS,
    ),
    OrganisationRow(
        "province-commission",
        "省食药安委",
        "Provincial Food and Drug Safety Commission",
        Kind.PROVINCE_COMMISSION,
    ),
)

# Suffix of the code, of the Chinese name and of the English one: every county has these six bodies.
COUNTY_BODIES = (
    ("gov", "政府", "Government", Kind.COUNTY_GOVERNMENT),
    ("commission", "食药安委", "Food and Drug Safety Commission", Kind.COUNTY_COMMISSION),
    ("fso", "食药安办", "Commission Office", Kind.COUNTY_COMMISSION_OFFICE),
    ("regulator", "市场监管局", "Administration for Market Regulation", Kind.COUNTY_REGULATOR),
    ("health", "卫生健康局", "Health Bureau", Kind.COUNTY_HEALTH),
    ("cdc", "疾控中心", "Centre for Disease Control", Kind.CDC),
)

# Slug, name, English name, county.
HOSPITALS = (
    ("first", "宁波市第一医院", "Ningbo First Hospital", "330203"),
    ("women-children", "宁波市妇女儿童医院", "Ningbo Women and Children's Hospital", "330203"),
    ("tcm", "宁波市中医院", "Ningbo Hospital of Traditional Chinese Medicine", "330203"),
    ("ninth", "宁波市第九医院", "Ningbo Ninth Hospital", "330205"),
    ("beilun-people", "北仑区人民医院", "Beilun People's Hospital", "330206"),
    ("beilun-tcm", "北仑区中医院", "Beilun Hospital of Traditional Chinese Medicine", "330206"),
    ("zhenhai-people", "镇海区人民医院", "Zhenhai People's Hospital", "330211"),
    ("yinzhou-people", "鄞州人民医院", "Yinzhou People's Hospital", "330212"),
    ("yinzhou-second", "鄞州区第二医院", "Yinzhou Second Hospital", "330212"),
    ("lihuili", "宁波市李惠利医院", "Ningbo Li Huili Hospital", "330212"),
    ("sixth", "宁波市第六医院", "Ningbo Sixth Hospital", "330212"),
    ("fenghua-people", "奉化区人民医院", "Fenghua People's Hospital", "330213"),
    ("xiangshan-first", "象山县第一人民医院", "Xiangshan First People's Hospital", "330225"),
    ("ninghai-first", "宁海县第一医院", "Ninghai First Hospital", "330226"),
    ("yuyao-people", "余姚市人民医院", "Yuyao People's Hospital", "330281"),
    ("cixi-people", "慈溪市人民医院", "Cixi People's Hospital", "330282"),
    ("cixi-tcm", "慈溪市中医医院", "Cixi Hospital of Traditional Chinese Medicine", "330282"),
)


def county_bodies(county: CountyRow) -> Iterator[OrganisationRow]:
    """The bodies of one county."""
    for suffix, name, name_en, kind in COUNTY_BODIES:
        yield OrganisationRow(
            f"{county.code}-{suffix}", county.name + name, f"{county.name_en} {name_en}", kind, county.code
        )


def all_organisations() -> Iterator[OrganisationRow]:
    """Every organisation of the reference data."""
    yield from CITY_ORGANISATIONS
    for county in COUNTIES:
        yield from county_bodies(county)
    for slug, name, name_en, county_code in HOSPITALS:
        yield OrganisationRow(f"hosp-{slug}", name, name_en, Kind.HOSPITAL, county_code)
