"""Headquarters, their commander and their log, from the moment of activation (3.1, 3.2, 3.5, 6.2)."""

from typing import Any
from uuid import uuid4

import pytest

from accounts.actions.offices import end_office
from accounts.actors import SYSTEM
from audit.clock import database_now
from outbox.models import Message
from plan.levels import ResponseLevel
from response.actions.commanders import appoint_commander
from response.actions.commands import execute_command, issue_command, receive_command
from response.actions.teams import dispatch_team, note_arrival, settle_response_duty
from response.models import CommandEntry, CommanderBasis, CommandKind, Response
from response.selectors.command import commander_of
from tests.support.people import actor, holding, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, minutes
from tests.support.response import active, oral, spoken

pytestmark = pytest.mark.django_db
III, IV = ResponseLevel.III, ResponseLevel.IV
IN_CHARGE, DESIGNATED = CommanderBasis
COMMISSION, GOVERNMENT, OFFICE = "city-commission", "city-gov", "city-fso"


@pytest.mark.clause(32, 40, 43, 44)
@pytest.mark.parametrize("level", [ResponseLevel.I, ResponseLevel.II, III])
def test_the_commission_becomes_headquarters_with_its_roster_frozen(level: ResponseLevel) -> None:
    member, left = holding("city-health"), holding("city-police")
    end_office(holding=left, by=SYSTEM, at=database_now())
    headquarters = active(level, at=database_now()).headquarters
    assert (headquarters.body.code, headquarters.office.code) == (COMMISSION, OFFICE)
    assert {"city-health", "city-police", "city-ecology", OFFICE} <= set(headquarters.units)
    assert GOVERNMENT not in headquarters.units
    assert headquarters.roster == [member.pk]


@pytest.mark.clause(111, 112, 115, 118)
@pytest.mark.parametrize(
    ("level", "section"), [(ResponseLevel.I, "6.2.1"), (ResponseLevel.II, "6.2.2"), (III, "6.2.3")]
)
def test_activation_opens_what_it_obliges_to(level: ResponseLevel, section: str) -> None:
    duties = {duty.code: duty.clause for duty in active(level).duties.all()}
    reports = "6.2.1" if level == ResponseLevel.I else "3.1"
    assert duties == {"scene_team": section, "report_party": reports, "report_government": reports}


def dispatch(response: Response, office: str = COMMISSION, **more: Any) -> Any:
    said = {"leader": "张某", "members": ["李某", "赵某"], "left_at": NOON, **more}
    return dispatch_team(response=response, by=actor(office), at=NOON, **said)


@pytest.mark.clause(111, 115, 118)
def test_the_work_group_leaves_and_arrives_and_settles_its_duty() -> None:
    response = active(III)
    team = dispatch(response)
    assert dispatch(response) == team
    assert response.duties.get(code="scene_team").settled_at == NOON
    by = actor(OFFICE)
    with refused("impossible_time", 422, "6.2"):
        note_arrival(team=team, arrived_at=NOON - minutes(1), by=by, at=NOON + minutes(60))
    arrived = note_arrival(team=team, arrived_at=NOON + minutes(50), by=by, at=NOON + minutes(60))
    again = note_arrival(team=team, arrived_at=NOON + minutes(55), by=by, at=NOON + minutes(60))
    assert arrived.arrived_at == again.arrived_at == NOON + minutes(50)


@pytest.mark.clause(118)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"members": [" "]}, "team_without_members"),
        ({"leader": ""}, "team_without_members"),
        ({"left_at": NOON + minutes(1)}, "time_in_future"),
    ],
)
def test_a_work_group_has_people_and_has_left(change: dict[str, Any], code: str) -> None:
    response, _by = active(III), actor(COMMISSION)
    with refused(code, 422, "6.2"):
        dispatch(response, **change)


@pytest.mark.clause(121)
def test_at_four_the_citys_office_may_send_a_group_and_owes_none() -> None:
    response = active(IV)
    assert not response.duties.filter(code="scene_team").exists()
    assert dispatch(response, OFFICE).sender.code == OFFICE


@pytest.mark.clause(38, 49, 122)
def test_what_is_owed_is_settled_once_with_who_took_it() -> None:
    duty = active(IV).duties.get(code="file_with_government")
    by, city = actor(f"{YINZHOU}-fso"), actor(OFFICE)
    with refused("response_of_another_track", 403, "3.5"):
        settle_response_duty(duty=duty, receiver="陈某", by=city, at=NOON)
    with refused("receiver_missing", 422, "6.2.4"):
        settle_response_duty(duty=duty, receiver=" ", by=by, at=NOON)
    settled = settle_response_duty(duty=duty, receiver="陈某", document="鄞政〔2026〕2号", by=by, at=NOON)
    assert settle_response_duty(duty=duty, receiver="另一人", by=by, at=NOON) == settled
    assert (settled.settled_at, settled.receiver) == (NOON, "陈某")
    scene = active(III, place_text="另一家").duties.get(code="scene_team")
    with refused("record_the_team", 422, "6.2.3"):
        settle_response_duty(duty=scene, receiver="陈某", by=city, at=NOON)


def name(response: Response, org: str, basis: CommanderBasis, by: str = GOVERNMENT, **more: Any) -> Any:
    given = more.get("said", spoken())
    return appoint_commander(
        response=response, holding=holding(org), basis=basis, spoken=given, by=actor(by), at=NOON
    )


@pytest.mark.clause(39)
def test_the_commander_is_the_leader_in_charge_or_one_the_government_designates() -> None:
    response = active(III)
    first = name(response, GOVERNMENT, IN_CHARGE)
    assert name(response, GOVERNMENT, IN_CHARGE) == first == commander_of(response)
    second = name(response, "city-regulator", DESIGNATED, said=oral())
    assert (commander_of(response), second.decision.is_oral) == (second, True)


@pytest.mark.clause(39)
@pytest.mark.parametrize(
    ("org", "basis"),
    [("city-regulator", IN_CHARGE), (f"{YINZHOU}-gov", IN_CHARGE), (GOVERNMENT, DESIGNATED)],
)
def test_a_basis_that_is_not_the_plans_names_no_commander(org: str, basis: CommanderBasis) -> None:
    response, _ready = active(III), (holding(org), actor(GOVERNMENT))
    with refused("cannot_command", 422, "3.1"):
        name(response, org, basis)


@pytest.mark.clause(39, 75)
def test_each_government_names_its_own_commander() -> None:
    city, own = active(III), active(IV, place_text="另一家")
    _ready = actor(COMMISSION), actor(f"{YINZHOU}-gov"), actor(GOVERNMENT)
    with refused("office_lacks_right", 403, "3.2"):
        name(city, GOVERNMENT, IN_CHARGE, by=COMMISSION)
    with refused("response_of_another_track", 403, "3.5"):
        name(city, GOVERNMENT, IN_CHARGE, by=f"{YINZHOU}-gov")
    with refused("response_of_another_track", 403, "3.5"):
        name(own, GOVERNMENT, IN_CHARGE)
    assert name(own, f"{YINZHOU}-gov", IN_CHARGE, by=f"{YINZHOU}-gov").holding.organisation.code


def issue(response: Response, office: str = COMMISSION, **more: Any) -> CommandEntry:
    said: dict[str, Any] = {
        "kind": CommandKind.ORDER,
        "title": "控制可疑食品",
        "text": "立即封存",
        "addressees": [organisation("city-agriculture")],
        **more,
    }
    return issue_command(response=response, by=actor(office), at=NOON, **said)


@pytest.mark.clause(33, 34, 45, 47)
def test_an_order_is_received_and_carried_out_by_whom_it_names() -> None:
    response = active(III)
    entry = issue(response, due_at=NOON + minutes(60))
    (row,) = entry.addressees.all()
    by, other = actor("city-agriculture"), actor("city-health")
    assert Message.objects.filter(recipient="city-agriculture", link=f"/orders/{row.pk}/").exists()
    with refused("not_the_addressee", 403, "3.1"):
        receive_command(addressee=row, by=other, at=NOON)
    first = receive_command(addressee=row, by=by, at=NOON + minutes(1))
    assert receive_command(addressee=row, by=by, at=NOON + minutes(2)).received_at == first.received_at
    with refused("execution_without_words", 422, "3.2"):
        execute_command(addressee=row, outcome=" ", by=by, at=NOON)
    done = execute_command(addressee=row, outcome="已封存12箱", by=by, at=NOON + minutes(30))
    assert done.executed_at == NOON + minutes(30)
    with refused("nothing_to_execute", 409, "3.2"):
        execute_command(addressee=row, outcome="再报", by=by, at=NOON)


@pytest.mark.clause(33, 35, 110, 114, 117)
@pytest.mark.parametrize(
    ("change", "code", "clause"),
    [
        ({"text": " "}, "command_without_words", "3.1"),
        ({"kind": CommandKind.INSTRUCTION}, "instruction_without_origin", "6.2.1"),
        ({"addressees": []}, "command_without_addressee", "3.1"),
        ({"due_at": NOON}, "due_in_past", "3.1"),
    ],
)
def test_an_entry_says_what_it_must(change: dict[str, Any], code: str, clause: str) -> None:
    response, _by = active(III), actor(COMMISSION)
    with refused(code, 422, clause):
        issue(response, **change)


@pytest.mark.clause(33, 35, 110)
def test_a_circular_is_only_received_and_a_decision_needs_no_addressee() -> None:
    response = active(III)
    (row,) = issue(response, kind=CommandKind.CIRCULAR, must_act=False).addressees.all()
    by = actor("city-agriculture")
    with refused("nothing_to_execute", 409, "3.2"):
        execute_command(addressee=row, outcome="已阅", by=by, at=NOON)
    weighed = {"options": "甲方案快，乙方案稳；取甲", "decided_by": "指挥部会议"}
    decided = issue(response, kind=CommandKind.DECISION, addressees=[], details=weighed)
    assert not decided.addressees.exists()
    assert issue(response, kind=CommandKind.INSTRUCTION, origin="省政府").origin == "省政府"


@pytest.mark.clause(33)
def test_a_double_click_issues_one_order() -> None:
    response, token = active(III), uuid4()
    assert issue(response, form_token=token) == issue(response, form_token=token)
    assert CommandEntry.objects.count() == 1
