"""Records, duties and the checklist are held against the plan's text and against each other (3.4, 6.3)."""

import pytest

from plan.checklist import CHECKLIST
from plan.clauses import clause
from plan.groups import COUNTY_EQUIVALENTS, GROUPS, Group
from plan.measures import MEASURES
from plan.offices import OfficeKind, Tier
from plan.publishing import speaks_of_harm_or_level
from plan.records import KINDS


@pytest.mark.clause(125, 144)
def test_every_measure_has_a_record_but_disputes_which_are_kept_apart() -> None:
    recorded = {kind.row for kind in KINDS.values()}
    assert {measure.row for measure in MEASURES} - recorded == {144}
    assert recorded <= {measure.row for measure in MEASURES}


def test_a_record_asks_each_thing_once_and_continues_what_there_is() -> None:
    for kind in KINDS.values():
        names = [asked.name for asked in kind.asks]
        assert len(names) == len(set(names))
        assert set(kind.follows) <= KINDS.keys() - {kind.code}
        assert kind.anyone or kind.offices
        for asked in kind.asks:
            assert bool(asked.choices) is (asked.answer.value == "choice")


@pytest.mark.clause(60, 65, 67, 69, 71, 73, 74)
def test_the_duties_of_a_group_are_in_the_plans_words() -> None:
    assert [len(group.duties) for group in GROUPS] == [7, 2, 3, 5, 3, 3]
    for group in GROUPS:
        for duty in group.duties:
            assert duty.text_zh in clause(group.clause).text_zh
    deliverables = {group.group: sum(duty.is_deliverable for duty in group.duties) for group in GROUPS}
    assert deliverables[Group.INVESTIGATION] == 7


def test_in_a_county_its_own_office_stands_in_the_citys_place() -> None:
    for city, county in COUNTY_EQUIVALENTS.items():
        assert (city.level, county.level) == (Tier.CITY, Tier.COUNTY)


def test_the_checklist_is_every_measure_and_every_duty() -> None:
    duties = [f"{group.group.value}:{duty.code}" for group in GROUPS for duty in group.duties]
    assert list(CHECKLIST) == [*(measure.code for measure in MEASURES), *duties]
    assert OfficeKind.CITY_COMMISSION_OFFICE in CHECKLIST["treat"].offices


@pytest.mark.clause(137)
@pytest.mark.parametrize(
    ("text", "major"),
    [
        ("已有37人发病", True),
        ("三十余名学生", True),
        ("无人死亡", True),
        ("较大食品安全事故", True),
        ("启动Ⅱ级应急响应", True),
        ("请勿食用该批次产品，热线12315", False),
        ("调查正在进行", False),
    ],
)
def test_figures_and_levels_are_recognised(text: str, major: bool) -> None:
    assert speaks_of_harm_or_level(text) is major
