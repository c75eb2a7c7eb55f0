"""The city, its ten counties by their GB/T 2260 codes, and the functional zones with their host counties (A43)."""

from dataclasses import dataclass

CITY_CODE = "330200"
CITY_NAME = ("宁波市", "Ningbo")


@dataclass(frozen=True, slots=True)
class CountyRow:
    """One of Ningbo's ten counties; the slug goes into usernames and hospital codes."""

    code: str
    name: str
    name_en: str
    slug: str


@dataclass(frozen=True, slots=True)
class ZoneRow:
    """A functional zone, with a code of the city's own: zones have no place in GB/T 2260."""

    code: str
    name: str
    name_en: str
    host: str


COUNTIES = (
    CountyRow("330203", "海曙区", "Haishu District", "haishu"),
    CountyRow("330205", "江北区", "Jiangbei District", "jiangbei"),
    CountyRow("330206", "北仑区", "Beilun District", "beilun"),
    CountyRow("330211", "镇海区", "Zhenhai District", "zhenhai"),
    CountyRow("330212", "鄞州区", "Yinzhou District", "yinzhou"),
    CountyRow("330213", "奉化区", "Fenghua District", "fenghua"),
    CountyRow("330225", "象山县", "Xiangshan County", "xiangshan"),
    CountyRow("330226", "宁海县", "Ninghai County", "ninghai"),
    CountyRow("330281", "余姚市", "Yuyao City", "yuyao"),
    CountyRow("330282", "慈溪市", "Cixi City", "cixi"),
)

ZONES = (
    ZoneRow("NB-QW", "前湾新区", "Qianwan New Area", "330282"),
    ZoneRow("NB-GX", "宁波国家高新区", "Ningbo National Hi-Tech Zone", "330212"),
    ZoneRow("NB-DQH", "东钱湖旅游度假区", "Dongqian Lake Tourist Resort", "330212"),
    ZoneRow("NB-DX", "大榭开发区", "Daxie Development Zone", "330206"),
    ZoneRow("NB-BS", "宁波保税区", "Ningbo Free Trade Zone", "330206"),
    ZoneRow("NB-MS", "梅山物流产业集聚区", "Meishan Logistics Cluster", "330206"),
)
