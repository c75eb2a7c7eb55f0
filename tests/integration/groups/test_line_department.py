"""行业主管部门: the plan names none, headquarters and its office choose one for the incident and say why (3.4.1, A36)."""

from typing import Any

import pytest
from django.test import Client

from plan.groups import Group
from response.actions.groups import name_line_department
from tests.support.groups import group_of, headquarters
from tests.support.pages import url
from tests.support.people import actor, login, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON

pytestmark = [pytest.mark.django_db, pytest.mark.clause(59)]


def test_the_line_department_is_headquarters_choice_with_its_reason() -> None:
    group = group_of(headquarters())
    given: dict[str, Any] = {"group": group, "organisation": organisation("city-agriculture"), "at": NOON}
    regulator = actor("city-regulator")
    with refused("line_department_without_reason", 422, "3.4.1"):
        name_line_department(**given, reason=" ", by=actor("city-fso"))
    with refused("office_lacks_right", 403, "3.2"):
        name_line_department(**given, reason="事故发生在种植环节", by=regulator)
    member = name_line_department(**given, reason="事故发生在种植环节", by=actor("city-fso"))
    assert (member.in_place_of, member.is_named) == ("行业主管部门", False)
    medical = group_of(group.headquarters, Group.MEDICAL)
    with refused("group_without_line_department", 422, "3.4.1"):
        name_line_department(**given | {"group": medical}, reason="有关", by=actor("city-fso"))


def test_the_page_says_that_the_plan_names_no_line_department_until_one_is_chosen() -> None:
    group = group_of(headquarters())
    client, found = Client(), group.headquarters.response.incident
    login(client, "city-fso")
    shown = url(found, "groups")
    assert "行业主管部门：预案没有列明，尚未指定" in client.get(shown).content.decode()
    change = url(found, "groups", str(group.pk))
    said = {"line_department": "city-agriculture", "line_reason": ""}
    assert client.post(change, said).status_code == 422
    client.post(change, {**said, "line_reason": "事故发生在种植环节"})
    page = client.get(shown).content.decode()
    assert "事故发生在种植环节" in page
    assert "尚未指定" not in page
