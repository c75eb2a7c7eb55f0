"""The pages of the duty roster: kept by managers, seen by the office, with the hours that nobody has (house roster)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from accounts.actions.duty import import_shifts, plan_shift
from accounts.actors import SYSTEM
from accounts.duty_page import gaps
from accounts.models import DutyShift, User
from audit.clock import database_now
from audit.models import AuditEvent
from outbox.models import Channel
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.contacts import contact
from tests.support.evidence import broken_links
from tests.support.letters import OFFICE
from tests.support.pages import typed
from tests.support.people import actor, holding, login, login_manager, organisation

pytestmark = pytest.mark.django_db

PAGE = f"/duty/{OFFICE}/"
HOUR = timedelta(hours=1)
COUNTY_OFFICES = ("330212-gov", "330212-fso", "330212-regulator", "330212-health")


def text_of(client: Client, url: str = PAGE) -> str:
    return client.get(url).content.decode()


def shift_fields(**changes: str) -> dict[str, str]:
    now = database_now()
    said = {
        "person": holding(OFFICE).user.username,
        "stand_in": "",
        "from_at": typed(now),
        "until_at": typed(now + 8 * HOUR),
    }
    return {**said, **changes}


def test_the_board_says_in_one_line_how_many_have_nobody_and_leads_to_the_page_that_names_them(
    client: Client,
) -> None:
    login(client, OFFICE)
    said = f"{len(COUNTY_OFFICES)} 个单位无人值班"
    board = text_of(client, "/board/")
    assert said in board
    assert '<a href="/duty/">值班表</a>' in board
    page = text_of(client, "/duty/")
    for code in COUNTY_OFFICES:
        assert organisation(code).name in page
    assert organisation("330203-regulator").name not in page
    login(client, "city-police")
    assert "必须有人值班而现在无人" not in text_of(client, "/duty/")


def test_a_manager_puts_somebody_on_duty_and_the_page_and_the_list_say_so(client: Client) -> None:
    login_manager(client, "330212-fso")
    assert "现在无人值班" in text_of(client)
    assert client.post(f"{PAGE}shifts/", shift_fields()).status_code == 302
    shown = text_of(client)
    assert "现在无人值班" not in shown
    assert "值班中" in shown
    assert "今后7天有 1 段无人值班" in shown
    assert str(holding(OFFICE).user) in text_of(client, "/duty/")
    shift = DutyShift.objects.get()
    assert client.post(f"/shifts/{shift.pk}/end/").status_code == 302
    assert "现在无人值班" in text_of(client)
    actions = (
        AuditEvent.objects.filter(subject=f"shift:{shift.pk}").order_by("pk").values_list("action", flat=True)
    )
    assert list(actions) == ["accounts.plan_shift", "accounts.end_shift"]
    assert broken_links() == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"until_at": "2026-01-01T08:00"}, "结束时间"),
        ({"stand_in": "test-330212-regulator"}, "另一个人"),
        ({"person": "nobody"}, "从所列各项中选择"),
        ({"from_at": "soon"}, "年-月-日"),
    ],
)
def test_a_shift_that_cannot_be_is_refused_and_changes_nothing(
    client: Client, changes: dict[str, str], said: str
) -> None:
    login_manager(client, "330212-fso")
    holding(OFFICE)
    before = table_checksums()
    answer = client.post(f"{PAGE}shifts/", shift_fields(**changes))
    assert (answer.status_code, said in answer.content.decode()) == (422, True)
    assert table_checksums() == before


def test_one_person_is_not_put_down_twice_for_the_same_hours() -> None:
    user, at = holding(OFFICE).user, database_now()

    def plan(begins: int, ends: int) -> DutyShift:
        return plan_shift(
            organisation=organisation(OFFICE),
            person=user,
            from_at=at + begins * HOUR,
            until_at=at + ends * HOUR,
            by=SYSTEM,
            at=database_now(),
        )

    plan(8, 16)
    assert plan(0, 8).until_at == plan(16, 24).from_at - 8 * HOUR
    with pytest.raises(PlanRefusal, match="已有班次"):
        plan(15, 17)


def test_a_table_is_taken_whole_or_not_at_all_and_the_bad_line_is_named() -> None:
    name = holding(OFFICE).user.username
    good = f"{name}, , 2099-01-01 08:30, 2099-01-02 08:30"
    for bad, said in (
        ("x,,2099-01-02 08:30,2099-01-03 08:30", "没有用户名x"),
        (f"{name},,tomorrow,2099-01-03 08:30", "时间"),
        (f"{name},2099-01-02 08:30,2099-01-03 08:30", "四栏"),
        (good, "已有班次"),
    ):
        before = table_checksums()
        with pytest.raises(PlanRefusal, match=f"第2行.*{said}"):
            import_shifts(
                organisation=organisation(OFFICE), table=f"{good}\n{bad}", by=SYSTEM, at=database_now()
            )
        assert table_checksums() == before
    made = import_shifts(organisation=organisation(OFFICE), table=f"\n{good}\n", by=SYSTEM, at=database_now())
    assert [each.person.username for each in made] == [name]


def test_gaps_are_the_hours_between_shifts() -> None:
    at = database_now()

    def shift(begins: int, ends: int) -> DutyShift:
        return DutyShift(from_at=at + begins * HOUR, until_at=at + ends * HOUR)

    def found(*shifts: DutyShift) -> list[tuple[float, float]]:
        listed = gaps(shifts, from_at=at, until_at=at + 24 * HOUR)
        return [((gap.from_at - at) / HOUR, (gap.until_at - at) / HOUR) for gap in listed]

    assert found() == [(0, 24)]
    assert found(shift(-8, 30)) == []
    assert found(shift(12, 24), shift(-1, 12)) == []
    assert found(shift(2, 4), shift(3, 9), shift(10, 12)) == [(0, 2), (9, 10), (12, 24)]
    assert found(shift(30, 40)) == [(0, 24)]


def test_the_pages_take_the_same_number_of_queries_however_much_there_is(client: Client) -> None:
    login_manager(client, "330212-fso")
    costs = []
    for number in range(2):
        plan_shift(
            organisation=organisation(OFFICE),
            person=actor_user(),
            from_at=database_now() + number * 9 * HOUR,
            until_at=database_now() + (number * 9 + 8) * HOUR,
            by=SYSTEM,
            at=database_now(),
        )
        contact(OFFICE, Channel.EMAIL, f"a{number}@example.org", person=actor_user())
        with CaptureQueriesContext(connection) as captured:
            text_of(client)
            text_of(client, "/duty/")
        costs.append(len(captured))
    assert costs[0] == costs[1]


def actor_user() -> User:
    actor(OFFICE)
    return holding(OFFICE).user
