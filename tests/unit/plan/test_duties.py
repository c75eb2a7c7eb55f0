from datetime import UTC, datetime, timedelta

import pytest

from plan.clauses import clause, row
from plan.duties import DUTIES, DUTY_5_1_1, DUTY_5_1_2, DUTY_5_1_3, DUTY_5_1_8, PHONE, WRITTEN, ClockStart
from plan.measures import MEASURES
from plan.offices import OfficeKind
from plan.silence import NOT_SPECIFIED
from plan.untimed import UNTIMED, Untimed

HOUR = timedelta(hours=1)


@pytest.mark.clause(99, 100, 101, 102)
def test_the_urgent_report_has_two_legs_between_two_bearers_and_two_recipients() -> None:
    assert DUTY_5_1_8.legs == (PHONE, WRITTEN)
    assert (PHONE.target, PHONE.limit) == (HOUR / 2, HOUR)
    assert (WRITTEN.target, WRITTEN.limit) == (HOUR, 2 * HOUR)
    assert DUTY_5_1_8.bearers == (OfficeKind.COUNTY_GOVERNMENT, OfficeKind.CITY_UNIT)
    assert DUTY_5_1_8.recipients == (OfficeKind.DUTY_ROOM, OfficeKind.CITY_COMMISSION_OFFICE)
    assert DUTY_5_1_8.start is ClockStart.OCCURRED


@pytest.mark.clause(91, 92)
def test_operator_and_unit_have_one_hour_to_the_county_regulator() -> None:
    for duty, start in ((DUTY_5_1_1, ClockStart.DISCOVERED), (DUTY_5_1_2, ClockStart.OCCURRED_AT_UNIT)):
        (leg,) = duty.legs
        assert (leg.target, leg.limit) == (NOT_SPECIFIED, HOUR)
        assert duty.recipients == (OfficeKind.COUNTY_REGULATOR,)
        assert duty.start is start


@pytest.mark.clause(93, 94, 95, 96)
def test_no_number_is_made_up_where_the_plan_prints_none() -> None:
    wordy = [duty for duty in DUTIES if duty.clause in {"5.1(3)", "5.1(4)", "5.1(5)", "5.1(6)"}]
    assert len({duty.clause for duty in wordy}) == 4
    for duty in wordy:
        for leg in duty.legs:
            assert (leg.target, leg.limit) == (NOT_SPECIFIED, NOT_SPECIFIED)
            assert leg.urgency_zh in clause(duty.clause).text_zh
            assert leg.limit_at(datetime(2024, 5, 1, tzinfo=UTC)) is None


@pytest.mark.clause(93)
def test_the_hospital_tells_health_and_the_regulator() -> None:
    assert DUTY_5_1_3.bearers == (OfficeKind.HOSPITAL,)
    assert DUTY_5_1_3.recipients == (OfficeKind.COUNTY_HEALTH, OfficeKind.COUNTY_REGULATOR)


@pytest.mark.clause(101, 102)
def test_due_times_are_counted_from_the_anchor() -> None:
    anchor = datetime(2024, 5, 1, 12, 0, tzinfo=UTC)
    assert PHONE.target_at(anchor) == datetime(2024, 5, 1, 12, 30, tzinfo=UTC)
    assert PHONE.limit_at(anchor) == datetime(2024, 5, 1, 13, 0, tzinfo=UTC)
    assert WRITTEN.limit_at(anchor) == datetime(2024, 5, 1, 14, 0, tzinfo=UTC)
    assert DUTY_5_1_1.legs[0].target_at(anchor) is None


@pytest.mark.clause(105, 109, 122, 126, 129, 135)
@pytest.mark.parametrize("duty", UNTIMED, ids=lambda duty: duty.clause)
def test_what_chapter_six_wants_soon_is_in_the_plans_word_and_has_no_number(duty: Untimed) -> None:
    assert duty.urgency_zh in duty.text_zh
    assert row(duty.row).ref.startswith(f"§{duty.clause}")
    assert not duty.measure or duty.measure in {measure.code for measure in MEASURES}
    assert "小时" not in duty.text_zh
