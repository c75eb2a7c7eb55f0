"""The declaration shows what is open and carries it over; it stays open, on the desk, and is chased (7.1, 7.2, 8.6)."""

from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from accounts.actors import CLOCK
from aftermath.actions.finishing import declare_aftermath_finished
from aftermath.actions.orders import end_requisition
from aftermath.models import Finish, InsuranceNotice, TaskState
from aftermath.selectors import carried_over, finished_at, open_items
from aftermath.tasks import look_after
from incidents.actions.facts import record_facts
from incidents.models import FactKind, Incident
from outbox.models import Message
from plan.aftermath import CostKind, OrderKind, OrderState
from plan.levels import ResponseLevel
from reporting.steps import CHASES
from response.desk.page import desk_of
from tests.support.aftermath import (
    HEALTH,
    INSURANCE,
    REGULATOR,
    TODAY,
    claim,
    cost,
    ended,
    order,
    paid,
    task,
)
from tests.support.measures import refused
from tests.support.pages import opened
from tests.support.people import actor
from tests.support.reports import NOON, incident, minutes, people
from tests.support.response import active, hours

pytestmark = pytest.mark.django_db
LATER = NOON + hours(24)


def declare(
    case: Incident, shown: int = 0, by: str = REGULATOR, statement: str = "已妥善处置", **more: Any
) -> Finish:
    said = {"at": LATER, **more}
    return declare_aftermath_finished(
        incident=case, statement=statement, open_shown=shown, by=actor(by), **said
    )


def settle(of: Any, state: OrderState = OrderState.RETURNED, by: str = REGULATOR) -> Any:
    return end_requisition(order=of, state=state, ended_on=TODAY, proof="签收单", by=actor(by), at=LATER)


def test_only_the_regulator_in_charge_declares_and_not_while_a_response_runs() -> None:
    running = active(ResponseLevel.IV).incident
    assert refused(partial(declare, running)).code == "response_runs"
    case = ended().incident
    for office in ("city-regulator", "330212-fso", HEALTH, "330203-regulator"):
        assert refused(partial(declare, case, by=office), office).status == 403
    assert refused(partial(declare, case, statement=" ")).code == "finish_without_statement"
    assert finished_at(case) is None
    declare(case)
    assert finished_at(case) == LATER
    assert refused(partial(declare, case)).code == "aftermath_finished"


def test_the_city_declares_for_its_own_response_the_regulator_of_the_stage() -> None:
    case = ended(ResponseLevel.III).incident
    assert refused(partial(declare, case), REGULATOR).code == "not_the_regulator_in_charge"
    record_facts(
        incident=case,
        entries=[people(0, FactKind.STAGE, at=NOON, value="breeding", count_kind="")],
        by=actor("city-fso"),
        at=NOON,
    )
    assert refused(partial(declare, case, by="city-regulator"), "city-regulator").status == 403
    assert declare(case, by="city-agriculture").organisation.code == "city-agriculture"


def test_below_four_it_needs_no_response_and_from_four_on_one_that_ended() -> None:
    assert refused(partial(declare, incident(45))).code == "response_to_come"
    assert declare(incident(29, place_text="小吃店")).pk


@pytest.mark.clause(158, 181)
def test_every_open_item_is_shown_carried_over_and_stays_open_until_it_is_settled() -> None:
    case = ended().incident
    vans, own = order(case), cost(case, "100.00")
    task(case)
    claim(case)
    assert refused(partial(declare, case, 3)).code == "open_items_changed"
    finish = declare(case, 4)
    assert {each["key"] for each in finish.carried} == {item.key for item in open_items(case)}
    assert finish.costs == {"testing": {"owed": "100.00", "paid": "0.00"}}
    paid(own, "100.00")
    settle(vans)
    # What is new since is open, and was not carried over.
    cost(case, "1.00")
    assert [item.what for item in carried_over(case)] == ["慰问受害和受影响人员", "受害人员保险理赔"]
    assert len(open_items(case)) == 3
    told = set(Message.objects.filter(title__contains="善后处置工作结束").values_list("recipient", flat=True))
    assert {"city-fso", "330212-gov", INSURANCE} <= told


@pytest.mark.clause(180)
def test_an_order_needs_law_owner_item_and_quantity_and_is_put_down_when_it_is_given() -> None:
    case = incident(45)
    for name in ("legal_basis", "owner", "item", "quantity"):
        empty: dict[str, Any] = {name: " "}
        assert refused(partial(order, case, **empty)).code == "aftermath_incomplete"
    assert refused(partial(order, case, taken_at=NOON + minutes(1))).code == "ordered_in_future"
    forces = order(case, kind=OrderKind.FORCES, item="志愿者送餐", quantity="20人")
    assert [item.key for item in open_items(case)] == [f"order:{forces.pk}"]


@pytest.mark.clause(181)
def test_compensated_is_only_what_was_entered_and_paid_in_full_and_nothing_ends_twice() -> None:
    case = incident(45)
    vans = order(case)
    assert refused(partial(settle, vans, OrderState.COMPENSATED)).code == "not_compensated_yet"
    owed = cost(case, "80.00", order=vans, kind=CostKind.TRANSPORT)
    paid(owed, "79.99")
    assert refused(partial(settle, vans, OrderState.COMPENSATED)).code == "not_compensated_yet"
    paid(owed, "0.01")
    settle(vans, OrderState.COMPENSATED)
    assert open_items(case) == []
    assert refused(partial(settle, vans)).code == "order_ended"


@pytest.mark.clause(160)
def test_a_task_goes_on_by_versions_and_is_done_on_a_day() -> None:
    case = incident(45)
    first = task(case)
    assert refused(partial(task, case, state=TaskState.DONE)).code == "done_without_day"
    future = partial(task, case, state=TaskState.DONE, done_on=date(2026, 5, 2))
    assert refused(future).code == "day_in_future"
    assert [item.what for item in open_items(case)] == ["慰问受害和受影响人员"]
    assert first.statement_id == first.pk


def clock(at: datetime) -> int:
    """What the clock process does for the aftermath, as it is wired."""
    return sum(chase(by=CLOCK, at=at) for chase in CHASES if chase.__module__.startswith("aftermath."))


@pytest.mark.clause(161)
def test_the_other_way_of_the_clock_tells_of_a_new_incident_and_not_of_one_of_last_month() -> None:
    case = opened(45)
    incident(45, at=case.opened_at - timedelta(days=30, seconds=1), place_text="东钱湖饭店")
    look_after()
    assert InsuranceNotice.objects.get().incident == case


@pytest.mark.clause(161)
def test_the_insurance_regulator_is_told_at_once_once_and_keeps_its_lists_before_any_response() -> None:
    case, small = incident(45), incident(5, place_text="小吃店")
    assert (clock(NOON), clock(NOON)) == (1, 0)
    assert InsuranceNotice.objects.get().incident == case
    message = Message.objects.get(recipient=INSURANCE)
    assert message.link == f"/incidents/{case.number}/aftermath/insurance/"
    assert claim(case).organisation.code == INSURANCE
    assert claim(small, by=REGULATOR, case_number="YW-2").incident == small
    assert refused(partial(claim, case, "city-police"), "city-police").status == 403
    assert refused(partial(claim, case, paid=Decimal("1.00")), INSURANCE).code == "paid_without_amount"


@pytest.mark.clause(158)
def test_what_is_past_its_own_day_is_chased_once_also_after_the_declaration() -> None:
    case = ended().incident
    cost(case, due_on=TODAY, by=HEALTH)
    declare(case, 1)
    clock(NOON)
    end_of_day = NOON.replace(hour=23, minute=59, second=59)
    assert clock(end_of_day) == 0
    assert (clock(end_of_day + timedelta(seconds=1)), clock(end_of_day + hours(48))) == (1, 0)
    assert Message.objects.get(kind="aftermath_late").recipient == HEALTH


@pytest.mark.clause(158)
def test_the_desk_holds_what_an_office_settles_and_the_declaration_it_owes() -> None:
    case = ended().incident
    cost(case, due_on=TODAY, by=HEALTH)
    task(case, by=HEALTH)

    def todos(office: str) -> dict[str, bool]:
        desk = desk_of(actor(office), at=LATER + hours(24))
        return {one.key: one.is_late for one in desk.todos if one.key.startswith("aftermath")}

    assert todos(HEALTH) == {f"aftermath-{case.pk}": True}
    assert todos(REGULATOR) == {f"aftermath-finish-{case.pk}": False}
    declare(case, 2)
    assert todos(HEALTH) == {f"aftermath-{case.pk}": True}
    assert todos(REGULATOR) == {}
