"""A department of the county without a place here is put on record by name and chosen like any other (5.1(4)–(7))."""

import pytest
from django.test import Client

from accounts.models import Organisation
from outbox.models import Message
from plan.offices import OfficeKind
from tests.support.pages import opened, typed, url
from tests.support.people import login

pytestmark = [pytest.mark.django_db, pytest.mark.clause(96)]
DESK, BUREAU = "330212-regulator", "鄞州区教育局"


def test_it_is_named_on_its_page_offered_on_the_forms_and_told_nothing_it_could_not_read(
    client: Client,
) -> None:
    case = opened(5)
    login(client, DESK)
    assert client.post(url(case, "bodies"), {"name": " "}).status_code == 422
    assert client.post(url(case, "bodies"), {"name": BUREAU}).status_code == 302
    assert client.post(url(case, "bodies"), {"name": f" {BUREAU}"}).status_code == 409
    bureau = Organisation.objects.get(kind=OfficeKind.COUNTY_DEPARTMENT)
    for part in ("tips", "operators", "learnings", "passing-on", "leaps"):
        assert f'value="{bureau.code}"' in client.get(url(case, part)).text
    said = {
        "department": DESK,
        "how": "learned",
        "learned_at": typed(),
        "others": bureau.code,
        "notifies": "on",
    }
    assert client.post(url(case, "learnings"), said).status_code == 302
    page = client.get(url(case)).text
    assert f"通报{BUREAU}" in page
    assert not Message.objects.filter(recipient=bureau.code).exists()
