"""What was typed into the quick report survives a login in between, and can be given up."""

import pytest
from django.test import Client

from reporting.models import Report
from tests.support.pages import report_fields as fields
from tests.support.people import login

pytestmark = pytest.mark.django_db
URL = "/reports/new/"
COUNTY = "330212-regulator"


# Shown, not the hidden one with which a script tells the same.
RESTORED = "data-draft-notice>登录前填写的内容已恢复"


@pytest.fixture
def phone(client: Client) -> Client:
    login(client, COUNTY)
    return client


def test_what_was_typed_survives_a_login_in_between(client: Client) -> None:
    sent = client.post(URL, fields(place_text="甬江饭店", note="在场三人"))
    assert sent.headers["Location"] == f"/login/?next={URL}"
    assert not Report.objects.exists()
    login(client, COUNTY)
    page = client.get(URL).text
    assert RESTORED in page
    assert 'value="甬江饭店"' in page
    assert "在场三人" in page
    client.post(URL, fields())
    assert RESTORED not in client.get(URL).text


def test_a_draft_can_be_given_up(client: Client) -> None:
    client.post(URL, fields(note="在场三人"))
    login(client, COUNTY)
    assert "在场三人" not in client.get(f"{URL}?fresh=1", follow=True).text


def test_a_form_sent_by_htmx_is_led_on_by_a_header(phone: Client, client: Client) -> None:
    sent = phone.post(URL, fields(), headers={"HX-Request": "true"})
    assert sent.headers["HX-Redirect"] == f"/reports/{Report.objects.get().ref}/"
    client.logout()
    lapsed = client.post(URL, fields(), headers={"HX-Request": "true"})
    assert lapsed.headers["HX-Redirect"] == f"/login/?next={URL}"
