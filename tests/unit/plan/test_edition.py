from datetime import date

import pytest

from plan.clauses import clause, plan_text
from plan.edition import EDITION_2021
from plan.editions import EDITIONS, edition_for
from plan.refusal import PlanRefusal


@pytest.mark.clause(1, 2, 3, 191)
def test_the_edition_is_the_one_printed() -> None:
    for words in (EDITION_2021.number, EDITION_2021.title, EDITION_2021.issuer, "2021年9月30日"):
        assert words in plan_text()
    assert EDITION_2021.issued_on == EDITION_2021.in_force_on == date(2021, 9, 30)
    assert EDITION_2021.repeals in clause("9.3").text_zh


@pytest.mark.clause(184, 190)
def test_an_incident_is_judged_by_the_edition_in_force_when_it_occurred() -> None:
    assert edition_for(date(2021, 9, 30)) is EDITION_2021
    assert edition_for(date(2030, 1, 1)) is EDITIONS[-1]


@pytest.mark.clause(190)
def test_an_incident_before_the_plan_is_refused() -> None:
    with pytest.raises(PlanRefusal) as caught:
        edition_for(date(2021, 9, 29))
    assert (caught.value.clause, caught.value.code, caught.value.status) == ("9.3", "before_edition", 422)
    assert caught.value.next_step


@pytest.mark.clause(14, 25)
def test_contested_readings_are_switches_set_as_defended() -> None:
    assert EDITION_2021.switches.spread_governs_assessed_limb is True
    assert EDITION_2021.switches.two_ill_or_one_death_is_outbreak is False
