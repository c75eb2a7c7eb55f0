"""Two people decide about one signal at the same moment: one decision holds, the other person is told (4.1, 5.1(6))."""

import pytest

from audit.verify import verify
from incidents.models import Incident
from reporting.actions.judging import dismiss_signal, take_up_signal
from reporting.models import SignalDecision
from tests.integration.response.test_side_by_side import side_by_side
from tests.support.people import actor
from tests.support.reports import NOON, YINZHOU, county
from tests.support.signalling import only_signal, seen, take

PLACE = "慈湖酒楼"


@pytest.mark.clause(82)
@pytest.mark.usefixtures("committed_db")
def test_of_two_who_decide_at_once_one_wins_and_the_other_is_told() -> None:
    take(*(seen(number, place=PLACE) for number in (1, 2)))
    signal, desks = only_signal(), [actor(f"{YINZHOU}-{desk}") for desk in ("regulator", "fso")]
    came = side_by_side(
        lambda: take_up_signal(
            signal=signal, area=county(YINZHOU), place_text=PLACE, reason="同一餐", by=desks[0], at=NOON
        ),
        lambda: dismiss_signal(signal=signal, reason="两场婚宴", by=desks[1], at=NOON),
    )
    assert came == ["done", "signal_decided"]
    decision = SignalDecision.objects.get()
    assert (decision.act == "open") == Incident.objects.exists()
    assert list(verify().breaks) == []
