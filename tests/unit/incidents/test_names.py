"""Names of places as signals compare them: without area and company form, unless nothing of their own would be left (4.1)."""

import pytest

from reporting.signalling.names import compared

OWN = "甬味轩餐厅"


@pytest.mark.clause(82)
@pytest.mark.parametrize(
    "written",
    [
        "甬味轩餐厅", " 甬味轩 餐厅 ", "宁波市海曙区甬味轩餐厅", "浙江省宁波市甬味轩餐厅", "海曙区甬味轩餐厅",
        "甬味轩餐厅有限公司", "宁波甬味轩餐厅有限公司", "宁波市甬味轩餐厅有限责任公司", "宁波海曙甬味轩餐厅股份有限公司",
        "（甬味轩）餐厅", "甬味轩・餐厅",
    ],
)  # fmt: skip
def test_one_place_is_one_however_it_is_written(written: str) -> None:
    assert compared(written) == OWN


@pytest.mark.clause(82)
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("余姚市第一医院", "慈溪市第一医院"),
        ("宁海县实验小学食堂", "象山县实验小学食堂"),
        ("宁波大学", "大学"),
        ("宁波饭店", "饭店"),
        ("宁海县南塘饭店", "余姚市南塘饭店"),
        ("宁海县宁海人家有限公司", "人家有限公司"),
        # Without the form of a company a bare 宁波 is part of the name.
        ("宁波老三区面馆", "老三区面馆"),
        ("甬味轩餐厅天一店", "甬味轩餐厅鼓楼店"),
    ],
)
def test_two_places_stay_two(one: str, other: str) -> None:
    assert compared(one) != compared(other)
