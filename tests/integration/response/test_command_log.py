"""Each kind of entry says what the plan asks of it, and what is behind is chased, closed or sent back (3.1–3.3)."""

from datetime import datetime
from typing import Any

import pytest

from outbox.models import Message
from plan.command_log import LOG_KINDS
from plan.levels import ResponseLevel
from response.actions.commands import execute_command, issue_command, receive_command
from response.actions.tracking import chase_command, note_receipt, review_execution
from response.models import CommandAddressee, CommandEntry, CommandKind, Response
from response.order_list import Standing, standing_of
from tests.support.evidence import broken_links
from tests.support.people import actor, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, minutes
from tests.support.response import active

pytestmark = pytest.mark.django_db
COMMISSION, OFFICE, FARMS = "city-commission", "city-fso", "city-agriculture"


def issue(response: Response, kind: CommandKind, *to: str, office: str = OFFICE, **more: Any) -> CommandEntry:
    given: dict[str, Any] = {"title": "事项", "text": "内容", **more}
    bodies = [organisation(code) for code in to]
    return issue_command(response=response, kind=kind, addressees=bodies, by=actor(office), at=NOON, **given)


def row(entry: CommandEntry, code: str) -> CommandAddressee:
    return entry.addressees.select_related("organisation", "entry").get(organisation__code=code)


def named(entry: CommandEntry) -> set[str]:
    return {one.organisation.code for one in entry.addressees.select_related("organisation")}


def standing(one: CommandAddressee, at: datetime) -> Standing:
    fresh = CommandAddressee.objects.select_related("entry").get(pk=one.pk)
    return standing_of(fresh, at)


def test_the_plan_describes_every_kind_of_entry() -> None:
    assert list(LOG_KINDS) == [kind.value for kind in CommandKind]


@pytest.mark.clause(35, 48, 54)
@pytest.mark.parametrize(
    ("kind", "more", "code"),
    [
        (CommandKind.DECISION, {}, "record_incomplete"),
        (CommandKind.MINUTES, {"details": {"held": "十时"}}, "record_incomplete"),
        (
            CommandKind.DOCUMENT,
            {"details": {"direction": "in", "counterpart": "省局"}},
            "document_without_number",
        ),
        (
            CommandKind.DOCUMENT,
            {"number": "1", "details": {"direction": "up", "counterpart": "省局"}},
            "record_incomplete",
        ),
        (CommandKind.ISSUE, {"details": {"weather": "晴"}}, "record_incomplete"),
    ],
)
def test_an_entry_answers_what_its_kind_asks_for(kind: CommandKind, more: dict[str, Any], code: str) -> None:
    response, _by = active(ResponseLevel.III), actor(OFFICE)
    to = (FARMS,) if kind is CommandKind.ISSUE else ()
    with refused(code, 422, "3.1" if kind is CommandKind.DECISION else "3.2"):
        issue(response, kind, *to, **more)


@pytest.mark.clause(35, 54)
def test_decisions_minutes_and_documents_are_registered_with_their_own_fields() -> None:
    response = active(ResponseLevel.III)
    weighed = {"options": "甲快乙稳", "decided_by": "指挥部会议"}
    decided = issue(response, CommandKind.DECISION, office=COMMISSION, details=weighed)
    minutes_ = issue(
        response, CommandKind.MINUTES, number="纪要1号", details={"held": "十时", "attendees": "各成员"}
    )
    letter = issue(
        response, CommandKind.DOCUMENT, number="收1号", details={"direction": "in", "counterpart": "省局"}
    )
    assert decided.details == weighed
    assert (minutes_.number, letter.number) == ("纪要1号", "收1号")
    assert not letter.addressees.exists()
    assert broken_links() == []


@pytest.mark.clause(50)
def test_a_circular_goes_to_all_member_units_which_only_sign_and_those_behind_are_chased() -> None:
    response = active(ResponseLevel.III)
    entry = issue(response, CommandKind.CIRCULAR, to_members=True)
    rows = list(entry.addressees.select_related("organisation"))
    assert {one.organisation.code for one in rows} == set(response.headquarters.units)
    assert not any(one.must_act for one in rows)
    receive_command(addressee=row(entry, FARMS), by=actor(FARMS), at=NOON)
    for _twice in range(2):
        chase_command(entry=entry, by=actor(OFFICE), at=NOON + minutes(1))
    told = Message.objects.filter(kind="command", title__contains="催办")
    assert told.count() == len(rows) - 2  # neither whoever signed nor the office that chases
    assert not told.filter(recipient=FARMS).exists()
    chase_command(entry=entry, by=actor(OFFICE), at=NOON + minutes(2))
    assert told.count() == 2 * (len(rows) - 2)


@pytest.mark.clause(50)
def test_with_nobody_behind_there_is_nobody_to_chase() -> None:
    entry = issue(active(ResponseLevel.III), CommandKind.CIRCULAR, FARMS)
    receive_command(addressee=row(entry, FARMS), by=actor(FARMS), at=NOON)
    office, county = actor(OFFICE), actor(f"{YINZHOU}-fso")
    with refused("nobody_behind", 409, "3.2"):
        chase_command(entry=entry, by=office, at=NOON)
    with refused("response_of_another_track", 403, "3.5"):
        chase_command(entry=entry, by=county, at=NOON)


@pytest.mark.clause(38, 49)
def test_reports_upward_go_to_the_three_the_plan_names_and_their_receipts_settle_what_is_owed() -> None:
    response = active(ResponseLevel.III)
    upward = issue(response, CommandKind.UPWARD, number="甬食安报1号", office=COMMISSION)
    progress = issue(response, CommandKind.PROGRESS, details={"done": "封存", "next": "检验"})
    assert named(upward) == {"city-party", "city-gov", "province-regulator"}
    assert named(progress) == {"city-party", "city-gov", COMMISSION}
    office = actor(OFFICE)
    with refused("signs_for_itself", 409, "3.2"):
        note_receipt(addressee=row(upward, "city-gov"), receiver="陈某", received_at=NOON, by=office, at=NOON)
    party = row(upward, "city-party")
    for receiver, received_at, code in (
        (" ", NOON, "receiver_missing"),
        ("陈某", NOON - minutes(1), "impossible_time"),
        ("陈某", NOON + minutes(2), "impossible_time"),
    ):
        with refused(code, 422, "3.1"):
            note_receipt(
                addressee=party, receiver=receiver, received_at=received_at, by=office, at=NOON + minutes(1)
            )
    taken = note_receipt(addressee=party, receiver="陈某", received_at=NOON, by=office, at=NOON + minutes(1))
    again = note_receipt(addressee=party, receiver="别人", received_at=NOON, by=office, at=NOON + minutes(3))
    assert (taken.received_at, again.receiver) == (NOON, "陈某")
    receive_command(addressee=row(progress, "city-gov"), by=actor("city-gov"), at=NOON + minutes(4))
    settled = {duty.code: duty.document for duty in response.duties.filter(settled_at__isnull=False)}
    assert settled == {"report_party": "甬食安报1号", "report_government": ""}


@pytest.mark.clause(47, 48)
@pytest.mark.parametrize("kind", [CommandKind.SUPERVISION, CommandKind.ISSUE])
def test_what_is_supervised_is_answered_sent_back_answered_again_and_closed(kind: CommandKind) -> None:
    entry = issue(active(ResponseLevel.III), kind, FARMS, must_act=False, due_at=NOON + minutes(60))
    one, farms, office = row(entry, FARMS), actor(FARMS), actor(OFFICE)
    assert one.must_act
    with refused("nothing_to_review", 409, "3.2"):
        review_execution(addressee=one, is_enough=True, by=office, at=NOON)
    execute_command(addressee=one, outcome="已查", by=farms, at=NOON + minutes(10))
    with refused("return_without_reason", 422, "3.2"):
        review_execution(addressee=one, is_enough=False, by=office, at=NOON + minutes(11))
    with refused("office_lacks_right", 403, "3.2"):
        review_execution(addressee=one, is_enough=True, by=farms, at=NOON + minutes(11))
    back = review_execution(
        addressee=one, is_enough=False, opinion="未附清单", by=office, at=NOON + minutes(12)
    )
    assert (back.executed_at, standing(one, NOON + minutes(12))) == (None, Standing.OPEN)
    execute_command(addressee=one, outcome="清单附后", by=farms, at=NOON + minutes(20))
    assert standing(one, NOON + minutes(20)) == Standing.ANSWERED
    closed = review_execution(addressee=one, is_enough=True, by=office, at=NOON + minutes(30))
    assert [part in closed.outcome for part in ("已查", "未附清单", "清单附后")] == [True] * 3
    assert (closed.closed_at, standing(one, NOON + minutes(99))) == (NOON + minutes(30), Standing.DONE)
    assert review_execution(addressee=one, is_enough=True, by=office, at=NOON + minutes(31)) == closed


@pytest.mark.clause(47, 51)
def test_an_order_is_late_from_the_first_second_after_its_time_on() -> None:
    entry = issue(
        active(ResponseLevel.III), CommandKind.INSTRUCTION, FARMS, origin="市委", due_at=NOON + minutes(60)
    )
    one = row(entry, FARMS)
    assert standing(one, NOON + minutes(60)) == Standing.UNREAD
    receive_command(addressee=one, by=actor(FARMS), at=NOON + minutes(1))
    assert standing(one, NOON + minutes(60)) == Standing.OPEN
    assert standing(one, NOON + minutes(60) + minutes(1 / 60)) == Standing.OVERDUE
    execute_command(addressee=one, outcome="已传达", by=actor(FARMS), at=NOON + minutes(90))
    assert standing(one, NOON + minutes(99)) == Standing.DONE


@pytest.mark.clause(56)
def test_a_task_of_a_technical_body_is_copied_to_the_regulator_of_its_level() -> None:
    response = active(ResponseLevel.III)
    entry = issue(response, CommandKind.ORDER, "city-cdc", f"{YINZHOU}-cdc", "hosp-yinzhou-people")
    copies = {one.organisation.code: one.must_act for one in entry.addressees.filter(is_copy=True)}
    assert copies == {"city-regulator": False, f"{YINZHOU}-regulator": False}
    both = issue(response, CommandKind.ORDER, "city-cdc", "city-regulator")
    assert not both.addressees.filter(is_copy=True).exists()
    only_told = issue(response, CommandKind.ORDER, "city-cdc", must_act=False)
    assert not only_told.addressees.filter(is_copy=True).exists()


@pytest.mark.clause(76)
def test_a_handover_is_never_entered_by_hand() -> None:
    response, _by = active(ResponseLevel.III), actor(OFFICE)
    with refused("handover_by_hand", 422, "6.4.1"):
        issue(response, CommandKind.HANDOVER, f"{YINZHOU}-fso")
