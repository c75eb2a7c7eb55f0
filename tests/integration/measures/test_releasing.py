"""What goes out to the public: by headquarters or its office alone, a regulator's warning by itself (6.3.5, A37)."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.actions.facts import record_facts
from incidents.actions.findings import find_not_an_incident
from incidents.models import Incident
from plan.levels import ResponseLevel
from plan.records import KINDS
from response.actions.counties import set_up_county_headquarters
from response.models import MeasureRecord
from response.policies.publishing import is_major
from tests.support.measures import (
    AFTERWARDS,
    CITY_COMMISSION,
    CITY_OFFICE,
    HEALTH,
    OFFICE,
    REGULATOR,
    refused,
    taken,
)
from tests.support.people import actor, login
from tests.support.reports import incident, minutes, people
from tests.support.response import active

pytestmark = pytest.mark.django_db
COMMISSION = "330212-commission"
CALM = "正在调查，请公众保留消费凭证。"


def draft(case: Incident, by: str = HEALTH, note: str = CALM, **details: Any) -> MeasureRecord:
    return taken(case, "release_draft", by, note=note, title="情况通报", **details)


@pytest.mark.clause(137, 138)
@pytest.mark.parametrize(
    ("ill", "may", "may_not"),
    [
        (45, (OFFICE, COMMISSION), (CITY_OFFICE, CITY_COMMISSION, HEALTH, REGULATOR, "city-publicity")),
        (120, (CITY_OFFICE, CITY_COMMISSION), (OFFICE, COMMISSION, "city-regulator", "city-publicity")),
    ],
)
def test_before_activation_the_commission_or_its_office_of_the_level_releases(
    ill: int, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    case = incident(ill)
    for office in may_not:
        written = draft(case)
        refusal = refused(partial(taken, case, "release", office, about=written), office)
        assert refusal.status == 403
    for office in may:
        assert taken(case, "release", office, about=draft(case)).kind == "release"


@pytest.mark.clause(36, 52, 71, 137)
def test_other_units_draft_and_what_is_major_waits_for_the_review() -> None:
    case = incident(120)
    written = draft(case, "city-publicity", note="已有120人发病。")
    assert is_major(written)
    refusal = refused(lambda: taken(case, "release", CITY_OFFICE, about=written), CITY_OFFICE)
    assert (refusal.code, refusal.status, refusal.clause) == ("release_needs_review", 409, "3.1")
    assert (
        refused(
            lambda: taken(case, "release_review", CITY_OFFICE, about=written, verdict="approved"), CITY_OFFICE
        ).code
        == "measure_of_other_office"
    )
    taken(case, "release_review", CITY_COMMISSION, about=written, verdict="returned")
    assert refused(lambda: taken(case, "release", CITY_OFFICE, about=written)).code == "release_returned"
    taken(case, "release_review", CITY_COMMISSION, about=written, verdict="approved")
    taken(case, "release", CITY_OFFICE, about=written)
    assert refused(lambda: taken(case, "release", CITY_OFFICE, about=written)).code == "already_released"
    again = refused(lambda: taken(case, "release_review", CITY_COMMISSION, about=written))
    assert again.code == "already_released"


@pytest.mark.clause(36, 137)
@pytest.mark.parametrize(
    ("note", "details", "major"),
    [
        (CALM, {}, False),
        (CALM, {"is_otherwise_major": True}, True),
        (CALM, {"states_casualties": True}, True),
        (CALM, {"states_level": True}, True),
        ("已有三十七名学生就诊。", {}, True),
        ("2例重症。", {}, True),
        ("３位伤者已出院。", {}, True),
        ("启动Ⅲ级应急响应。", {}, True),
        ("属于较大食品安全事故。", {}, True),
    ],
)
def test_casualties_and_levels_are_major_whatever_the_author_ticks(
    note: str, details: dict[str, Any], major: bool
) -> None:
    assert is_major(draft(incident(45), note=note, **details)) is major


@pytest.mark.clause(137)
def test_a_regulators_warning_is_never_held_up() -> None:
    case = incident(120)
    assert taken(case, "food_warning", REGULATOR).kind == "food_warning"
    find_not_an_incident(incident=case, reason="系晕车", by=actor(CITY_OFFICE), at=AFTERWARDS)
    assert taken(case, "food_warning", REGULATOR).kind == "food_warning"
    assert refused(lambda: taken(case, "seal")).code == "incident_not_open"


@pytest.mark.clause(52)
def test_a_public_concern_is_answered_by_the_office() -> None:
    case = incident(45)
    concern = taken(case, "concern", HEALTH)
    assert refused(lambda: taken(case, "concern_answer", HEALTH, about=concern)).status == 403
    assert taken(case, "concern_answer", OFFICE, about=concern).about == concern


@pytest.mark.clause(52)
def test_a_press_conference_is_on_record_once_what_it_said_was_released() -> None:
    case = incident(120)
    written = draft(case)
    refusal = refused(partial(taken, case, "press_conference", "city-publicity", about=written))
    assert (refusal.code, refusal.status) == ("not_released", 409)
    taken(case, "release", CITY_OFFICE, about=written)
    assert refused(partial(taken, case, "press_conference", HEALTH, about=written)).status == 403
    assert taken(case, "press_conference", "city-publicity", about=written).about == written


@pytest.mark.clause(52)
def test_the_page_says_how_long_a_concern_waits_and_how_long_it_waited(client: Client) -> None:
    case = incident(45, at=database_now() - minutes(125))
    concern = taken(case, "concern", HEALTH, at=database_now() - minutes(61))
    login(client, OFFICE)
    address = f"/incidents/{case.number}/measures/"
    assert "尚未回应，已过1小时1分钟" in client.get(address).content.decode()
    taken(case, "concern_answer", OFFICE, about=concern, at=concern.done_at + minutes(59))
    assert "0小时59分钟后回应" in client.get(address).content.decode()


@pytest.mark.clause(71)
def test_interviews_at_the_scene_are_registered_by_the_publicity_side_and_release_nothing(
    client: Client,
) -> None:
    case = incident(120)
    refused(partial(taken, case, "media_visit", REGULATOR), REGULATOR)
    visit = taken(case, "media_visit", "city-publicity", outlet="宁波电视台", topic="食堂停业情况")
    assert KINDS[visit.kind].clause == "6.3.5"
    assert not MeasureRecord.objects.filter(kind="release").exists()
    login(client, CITY_OFFICE)
    page = client.get(f"/incidents/{case.number}/measures/").content.decode()
    assert "现场媒体采访登记" in page
    assert "宁波电视台" in page


@pytest.mark.clause(139)
def test_a_rumour_is_verified_before_it_is_removed_or_clarified() -> None:
    case = incident(120)
    rumour = taken(case, "rumour", "city-cyberspace")
    for kind, by in (("removal_request", "city-cyberspace"), ("clarification", CITY_OFFICE)):
        assert refused(partial(taken, case, kind, by, about=rumour), by).code == "rumour_not_found_false"
    taken(case, "rumour_verification", "city-police", about=rumour, verdict="true")
    assert (
        refused(lambda: taken(case, "removal_request", "city-cyberspace", about=rumour)).code
        == "rumour_not_found_false"
    )
    taken(case, "rumour_verification", "city-police", about=rumour, verdict="false")
    taken(case, "removal_request", "city-cyberspace", about=rumour)
    assert (
        refused(lambda: taken(case, "clarification", "city-publicity", about=rumour), "city-publicity").status
        == 403
    )
    assert taken(case, "clarification", CITY_OFFICE, about=rumour).about == rumour


@pytest.mark.clause(137)
@pytest.mark.parametrize(
    ("level", "may", "may_not"),
    [
        (ResponseLevel.III, (CITY_OFFICE, CITY_COMMISSION), (OFFICE, COMMISSION)),
        (ResponseLevel.IV, (OFFICE, COMMISSION), (CITY_OFFICE, CITY_COMMISSION)),
    ],
)
def test_while_a_response_runs_its_headquarters_or_their_office_releases(
    level: ResponseLevel, may: tuple[str, ...], may_not: tuple[str, ...]
) -> None:
    case = active(level).incident
    for office in may_not:
        assert (
            refused(partial(taken, case, "release", office, about=draft(case)), office).code
            == "not_the_publisher"
        )
    for office in may:
        assert taken(case, "release", office, about=draft(case)).kind == "release"


@pytest.mark.clause(75, 137)
def test_beside_the_citys_response_the_countys_headquarters_release_nothing() -> None:
    case = active(ResponseLevel.III).incident
    set_up_county_headquarters(incident=case, by=actor(COMMISSION), at=AFTERWARDS)
    assert refused(partial(taken, case, "release", OFFICE, about=draft(case))).code == "not_the_publisher"
    assert taken(case, "release", CITY_OFFICE, about=draft(case)).kind == "release"


@pytest.mark.clause(137)
def test_the_response_decides_who_releases_and_not_the_level_of_the_facts() -> None:
    case = active(ResponseLevel.IV).incident
    record_facts(incident=case, entries=[people(130, at=AFTERWARDS)], by=actor(REGULATOR), at=AFTERWARDS)
    assert Incident.objects.get(pk=case.pk).proposed_level == "III"
    assert taken(case, "release", OFFICE, about=draft(case)).kind == "release"
