"""A hazard that was found owes a control measure and a notice to health, each stamped (4.1(f), A19)."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from audit.clock import database_now
from audit.verify import verify
from monitoring.actions.hazards import control_hazard, tell_of_hazard, withdraw_hazard
from monitoring.hazard_page import duties_of
from monitoring.models import Hazard, HazardAct, Observation, Sharing
from monitoring.waiting import monitoring_waits
from outbox.models import Message
from tests.support.monitoring import HEALTH, REGULATOR, hazard, observation, observe
from tests.support.people import actor, login, organisation
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON, YINZHOU

pytestmark = [pytest.mark.django_db, pytest.mark.clause(84)]


def done(found: Hazard) -> list[datetime | None]:
    """When each duty was done."""
    return [each.done_at for each in duties_of(found, found.acts.all())]


def waiting(office: str) -> list[str]:
    return [each.what.partition("：")[0] for each in monitoring_waits(actor(office), database_now())]


def test_both_duties_wait_on_the_desk_until_each_is_done() -> None:
    found = hazard()
    assert waiting(REGULATOR) == ["采取有效控制措施", "通报卫生健康部门和有关方面"]
    assert [each.due_at for each in monitoring_waits(actor(REGULATOR), NOON)] == [None, None]
    half = NOON + timedelta(minutes=30)
    control_hazard(
        hazard=found, words="封存", done_at=half, by=actor(REGULATOR), at=NOON + timedelta(hours=1)
    )
    assert done(found) == [half, None]
    # Telling others alone is not telling health.
    tell_of_hazard(
        hazard=found, recipients=[organisation(f"{YINZHOU}-gov")], words="通报", by=actor(REGULATOR), at=half
    )
    assert waiting(REGULATOR) == ["通报卫生健康部门和有关方面"]
    late = NOON + timedelta(hours=2)
    tell_of_hazard(
        hazard=found, recipients=[organisation(HEALTH)], words="通报", by=actor(REGULATOR), at=late
    )
    assert done(found) == [half, late]
    assert waiting(REGULATOR) == []
    assert Message.objects.filter(kind="hazard_told", recipient=HEALTH, is_alarm=True).count() == 1
    assert [each.receiver for each in Sharing.objects.order_by("pk")] == [
        organisation(f"{YINZHOU}-gov"),
        organisation(HEALTH),
    ]
    assert verify().breaks == []


def test_health_owes_itself_no_notice() -> None:
    found = hazard(office=HEALTH)
    assert [each.duty.value for each in duties_of(found, [])] == ["control"]


def test_a_measure_is_not_earlier_than_the_finding_nor_later_than_now() -> None:
    found = hazard()
    act: dict[str, Any] = {
        "hazard": found,
        "words": "封存",
        "by": actor(REGULATOR),
        "at": NOON + timedelta(hours=1),
    }
    with refused("before_it_was_found", 422, "4.1"):
        control_hazard(**act, done_at=NOON - timedelta(seconds=1))
    with refused("time_in_future", 422, "4.1"):
        control_hazard(**act, done_at=NOON + timedelta(hours=1, seconds=1))
    assert control_hazard(**act, done_at=NOON).done_at == NOON


def test_a_withdrawn_hazard_owes_nothing_and_takes_nothing_more() -> None:
    found = hazard()
    withdraw_hazard(hazard=found, reason="复检合格", by=actor(REGULATOR), at=NOON)
    assert waiting(REGULATOR) == []
    with refused("hazard_withdrawn", 409, "4.1"):
        control_hazard(hazard=found, words="封存", by=actor(REGULATOR), at=NOON)


def test_another_office_of_the_county_does_not_give_the_finders_notice() -> None:
    found, by = hazard(), actor(f"{YINZHOU}-fso")
    with refused("not_the_finder", 403, "4.1"):
        tell_of_hazard(hazard=found, recipients=[organisation(HEALTH)], words="通报", by=by, at=NOON)


def test_the_city_sees_a_countys_hazard_another_county_only_what_it_was_told(client: Client) -> None:
    address = reverse("monitoring:hazard", args=[hazard().pk])
    statuses = {}
    for office in ("city-health", REGULATOR, f"{HAISHU}-regulator", "city-gov"):
        login(client, office)
        statuses[office] = client.get(address).status_code
    assert statuses == {"city-health": 200, REGULATOR: 200, f"{HAISHU}-regulator": 404, "city-gov": 404}


def test_from_an_observation_to_a_hazard_to_a_report_by_clicks(client: Client) -> None:
    at = database_now()
    observe(observation(1, occurred_at=at), at=at)
    login(client, REGULATOR)
    form = client.get(reverse("monitoring:new_hazard"), {"observation": Observation.objects.get().pk})
    said = {name: value for name, value in form.context["form"].initial.items() if value}
    said["found_at"] = f"{at + timedelta(hours=8):%Y-%m-%dT%H:%M}"
    address = f"{reverse('monitoring:new_hazard')}?observation={Observation.objects.get().pk}"
    client.post(address, said)
    answer = client.post(address, said, follow=True)
    found = Hazard.objects.get()
    assert (found.observation, found.food) == (Observation.objects.get(), "凉拌海蜇")
    assert "待办" in answer.content.decode()
    page = client.get(reverse("monitoring:tell_of_hazard", args=[found.pk]))
    assert page.context["form"].initial["recipients"] == [HEALTH]
    client.post(
        reverse("monitoring:tell_of_hazard", args=[found.pk]), {"recipients": [HEALTH], "words": "请关注"}
    )
    assert HazardAct.objects.get().recipient == organisation(HEALTH)
    report = client.post(reverse("monitoring:report_hazard", args=[found.pk]), follow=True)
    assert report.context["form"].initial["suspect_food"] == "凉拌海蜇"
