import re

import pytest

from plan.clauses import ClauseKind, clause, has_clause, plan_text, readings, row, rows
from plan.edition import EDITION_2021

MASTHEAD_ROWS = (2, 3)  # set as a letterhead in print: their words stand apart in the stored text


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_there_are_191_rows_in_order_by_kind() -> None:
    assert [entry.number for entry in rows()] == list(range(1, 192))
    counted = {kind: sum(entry.kind is kind for entry in rows()) for kind in ClauseKind}
    assert counted == {
        ClauseKind.RULE: 56,
        ClauseKind.WORKFLOW: 96,
        ClauseKind.DATA: 35,
        ClauseKind.INFORMATION: 4,
    }


def test_every_row_quotes_the_plan_word_for_word() -> None:
    text = squeezed(re.sub(r"^#.*$", "", plan_text(), flags=re.MULTILINE))
    strayed = [entry.number for entry in rows() if squeezed(entry.text_zh) not in text]
    assert strayed == list(MASTHEAD_ROWS)


@pytest.mark.clause(2, 3)
def test_the_masthead_rows_are_put_together_from_the_editions_data() -> None:
    edition = EDITION_2021
    assert row(2).text_zh == f"{edition.issuer}2021年9月30日{edition.number}"
    assert row(3).text_zh == f"{edition.issuer}关于印发{edition.title}的通知"


def test_every_row_says_what_the_software_must_do_and_names_a_place_of_the_plan() -> None:
    for entry in rows():
        assert entry.duty_en
        place = re.match(r"§(\d+(?:\.\d+)*(?:\(\d+\))?)", entry.ref)
        if entry.number <= 3:
            assert entry.ref == "Notice"
        else:
            assert place
            assert squeezed(entry.text_zh) in squeezed(clause(place[1]).text_zh)


@pytest.mark.parametrize(
    ("ref", "begins", "ends"),
    [
        ("2.3(2)", "一起食源性疾病暴发事件发病人数在100人以上", "或出现死亡病例的；"),
        ("5.1(8)", "当发生较大以上食品安全事故", "须提前口头报告并简要说明原因。"),
        ("6.4.2(1)", "食品安全事故患者全部得到救治", "经过最长潜伏期无新病例出现；"),
        ("6.4.1(2)", "当在学校或托幼机构", "发生食品安全事故时。"),
        ("1.3", "本预案适用于宁波市行政区域内", "应对工作。"),
        ("3.5", "事发地区县（市）政府参照", "共同做好食品安全事故应对工作。"),
        ("6.2.4", "经事发地县级食药安办评估", "开展疫情防控和应急处置。"),
    ],
)
def test_a_citation_gives_the_words_as_printed(ref: str, begins: str, ends: str) -> None:
    cited = clause(ref)
    assert cited.ref == ref
    assert cited.text_zh.startswith(begins)
    assert cited.text_zh.endswith(ends)


def test_items_are_counted_as_printed() -> None:
    counted = {"2.1": 2, "2.2": 4, "2.3": 3, "2.4": 3, "5.1": 8, "6.4.1": 2, "6.4.2": 4}
    for section, items in counted.items():
        assert has_clause(f"{section}({items})")
        assert not has_clause(f"{section}({items + 1})")


@pytest.mark.parametrize("ref", ["2.5", "5.1(9)", "§2.1", "10", "", "2.3 (2)"])
def test_a_place_the_plan_lacks_is_an_error(ref: str) -> None:
    with pytest.raises(LookupError):
        clause(ref)


def test_the_readings_in_force_are_complete() -> None:
    assert list(readings()) == [f"A{number}" for number in range(1, 66)]
    for reading in readings().values():
        assert reading.reading
        assert reading.in_software
