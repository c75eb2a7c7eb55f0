"""What is still owed stays on the board, whatever becomes of the record it belongs to (5.1, A16, A56, A57)."""

import pytest

from incidents.actions.findings import find_not_an_incident
from incidents.actions.merging import merge_incidents
from incidents.models import Incident, IncidentStatus
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.actions.reports import withdraw_report
from reporting.selectors import running_legs
from tests.support.clocks import DUTY_ROOM, after, major
from tests.support.people import actor
from tests.support.reports import incident, report

pytestmark = [pytest.mark.django_db, pytest.mark.clause(91, 101)]
DESK = "330212-regulator"


def owed(minute: float) -> list[tuple[str, str]]:
    """What the board shows as owed within hours: the incident and the clause."""
    views = running_legs(actor(DUTY_ROOM), after(minute))
    return [(view.incident.number, view.obligation.clause) for view in views if view.obligation.limit_at]


def test_a_withdrawn_report_takes_no_operators_hour_off_the_board() -> None:
    filed = report(5)
    record_operator_report(
        incident=filed.incident,
        duty=OperatorDuty.OPERATOR,
        reporter="甬江饭店",
        discovered_at=after(-10),
        by=actor(DESK),
        at=after(0),
    )
    withdraw_report(report=filed, reason="误报", by=actor(DESK), at=after(5))
    assert Incident.objects.get(pk=filed.incident.pk).status == IncidentStatus.OPEN
    assert owed(90) == [(filed.incident.number, "5.1(1)")]
    find_not_an_incident(incident=filed.incident, reason="并无此事", by=actor("city-fso"), at=after(95))
    assert owed(96) == []


def test_a_report_withdrawn_with_nothing_owed_closes_its_incident() -> None:
    filed = report(5)
    withdraw_report(report=filed, reason="误报", by=actor(DESK), at=after(5))
    assert Incident.objects.get(pk=filed.incident.pk).status == IncidentStatus.WITHDRAWN


def test_a_merged_part_leaves_what_it_owes_on_the_board() -> None:
    part, whole = major(), incident(5, place_text="姚江食堂")
    merge_incidents(whole=whole, part=part, reason="同源", by=actor("city-fso"), at=after(10))
    assert len(owed(20)) == 4
