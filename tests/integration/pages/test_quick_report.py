"""The quick report: three facts, each of which may be unknown yet, and nothing typed is ever lost (5.2, A26)."""

from datetime import timedelta

import pytest
from django.test import Client

from audit.clock import database_now
from incidents.models import Fact, FactKind, Incident, JoinProposal
from reporting.models import OpenDuty, Report
from tests.support.checksums import table_checksums
from tests.support.pages import report_fields as fields
from tests.support.pages import typed
from tests.support.people import login
from tests.support.reports import HAISHU, YINZHOU, county, restaurant

pytestmark = pytest.mark.django_db
URL = "/reports/new/"
COUNTY = "330212-regulator"
CITY = "city-fso"


@pytest.fixture
def phone(client: Client) -> Client:
    login(client, COUNTY)
    return client


@pytest.mark.clause(89, 104)
def test_three_facts_make_a_report_with_a_level(phone: Client) -> None:
    answer = phone.post(URL, fields(), follow=True)
    report = Report.objects.get()
    assert answer.redirect_chain == [(f"/reports/{report.ref}/", 302)]
    assert "Ⅳ级" in answer.text
    assert "2.4(2)" in answer.text
    assert "再增加55例达到较大" in answer.text
    assert Fact.objects.get(kind=FactKind.ILLNESS).value == 45


def test_only_the_three_facts_of_the_plan_are_mandatory(phone: Client) -> None:
    page = phone.get(URL).text
    assert page.count(" required") == 0
    refused = phone.post(URL, {"area": str(county().pk), "count_kind": "total"})
    assert refused.status_code == 422
    missing = ["请填写事发时间", "请填写地点", "请填写发病人数"]
    assert all(text in refused.text for text in missing)
    assert refused.text.count("暂不清楚”。") == 2 * len(missing)


@pytest.mark.clause(104)
def test_whatever_is_unknown_yet_is_accepted_and_stays_owed(phone: Client) -> None:
    unknown = fields(
        occurred_earliest=None,
        place_text="",
        illness_count="",
        occurred_unknown="on",
        place_unknown="on",
        illness_unknown="on",
    )
    answer = phone.post(URL, unknown, follow=True)
    assert {duty.code for duty in OpenDuty.objects.all()} == {"occurred", "place", "number"}
    assert answer.text.count("查明后立即补报") == 3


def test_an_interval_keeps_both_its_ends(phone: Client) -> None:
    now = database_now()
    earliest, latest = now - timedelta(hours=3), now - timedelta(hours=1)
    phone.post(URL, fields(occurred_earliest=typed(earliest), occurred_latest=typed(latest)))
    incident = Incident.objects.get()
    assert (typed(incident.occurred_earliest), typed(incident.occurred_latest)) == (
        typed(earliest),
        typed(latest),
    )


def test_a_registered_name_joins_by_itself(phone: Client) -> None:
    place = restaurant("甬味轩餐厅")
    phone.post(URL, fields(place_text=" 甬味轩 餐厅"))
    phone.post(URL, fields(place_text="甬味轩餐厅", illness_count="50"))
    assert Incident.objects.get().place == place
    assert Report.objects.count() == 2
    assert not JoinProposal.objects.exists()


def test_optional_facts_are_recorded(phone: Client) -> None:
    more = {"death_count": "1", "severe_count": "4", "suspect_food": "凉菜", "note": "已封存留样"}
    answer = phone.post(URL, fields(**more, is_sensitive="on", sensitive_reason="学校附近"), follow=True)
    kinds = {fact.kind: fact.value for fact in Fact.objects.all()}
    assert kinds[FactKind.DEATHS] == 1
    assert kinds[FactKind.SEVERE] == 4
    assert kinds[FactKind.SUSPECT_FOOD] == "凉菜"
    assert kinds[FactKind.SENSITIVE] == {"reason": "学校附近"}
    assert "已封存留样" in answer.text
    assert "Ⅲ级" in answer.text


def test_a_second_click_finds_the_first_report(phone: Client) -> None:
    said = fields()
    first = phone.post(URL, said, follow=True)
    second = phone.post(URL, said, follow=True)
    assert first.redirect_chain == second.redirect_chain
    assert Report.objects.count() == 1
    assert "没有重复登记" in second.text
    assert "没有重复登记" not in first.text


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"illness_count": "很多"}, "请用数字填写人数。"),
        ({"illness_count": "-3"}, "人数不能是负数。"),
        ({"illness_count": "9" * 30}, "人数不能超过10000000。"),
        ({"illness_count": "9" * 5000}, "请用数字填写人数。"),
        ({"illness_count": "4.5"}, "请用数字填写人数。"),
        ({"occurred_earliest": "0001-01-01T00:00"}, "请按“年-月-日 时:分”填写"),
        ({"occurred_earliest": "9999-12-31T23:59"}, "请按“年-月-日 时:分”填写"),
        ({"occurred_earliest": "2099-12-31T23:59"}, "不能晚于现在"),
        ({"occurred_earliest": "昨天"}, "请按“年-月-日 时:分”填写"),
        ({"occurred_latest": "2001-01-01T00:00"}, "最晚时间不能早于事发时间。"),
        ({"known_at": "2099-12-31T23:59"}, "不能晚于现在"),
        ({"place_text": "饭" * 10_000}, "最多120个字，现有10000个。"),
        ({"place_text": "甬\x00江"}, "含有不能保存的字符"),
        ({"note": "字" * 2001}, "最多2000个字，现有2001个。"),
        ({"area": "999999"}, "请从所列各项中选择。"),
        ({"area": "\x00"}, "请从所列各项中选择。"),
        ({"count_kind": "both"}, "请从所列各项中选择。"),
        ({"place_kind": "moon"}, "请从所列各项中选择。"),
        ({"is_sensitive": "on"}, "请写明理由"),
    ],
    ids=lambda value: str(value)[:40],
)
def test_bad_input_is_answered_with_its_reason_and_changes_nothing(
    phone: Client, changes: dict[str, str], said: str
) -> None:
    before = table_checksums()
    refused = phone.post(URL, fields(**changes))
    assert refused.status_code == 422
    assert said in refused.text
    assert 'role="alert"' in refused.text
    assert table_checksums() == before


def test_a_refused_form_keeps_what_was_typed_and_ties_each_error_to_its_field(phone: Client) -> None:
    refused = phone.post(URL, fields(place_text="甬江饭店😀", illness_count="四十五", note="一行\n两行"))
    assert 'value="甬江饭店😀"' in refused.text
    assert 'value="四十五"' in refused.text
    assert "一行\n两行" in refused.text
    assert 'href="#id_illness_count"' in refused.text
    assert 'aria-describedby="id_illness_count_error"' in refused.text
    assert 'aria-invalid="true"' in refused.text


def test_emoji_and_markup_are_text(phone: Client) -> None:
    answer = phone.post(URL, fields(place_text="<b>甬江</b>😀", form_token="\x00not-a-token"), follow=True)
    assert Incident.objects.get().place_text == "<b>甬江</b>😀"
    assert "&lt;b&gt;甬江&lt;/b&gt;😀" in answer.text


def test_an_incident_before_the_plan_is_refused_with_its_clause_on_the_form(phone: Client) -> None:
    before = table_checksums()
    refused = phone.post(URL, fields(occurred_earliest="2021-09-29T12:00"))
    assert refused.status_code == 422
    assert "9.3" in refused.text
    assert 'value="甬江饭店"' in refused.text
    assert table_checksums() == before


@pytest.mark.clause(97)
def test_a_county_cannot_report_for_another(phone: Client) -> None:
    refused = phone.post(URL, fields(area=str(county(HAISHU).pk)))
    assert refused.status_code == 422
    assert not Report.objects.exists()


def test_a_zone_is_reported_for_its_host_county(phone: Client) -> None:
    phone.post(URL, fields(area=str(county("NB-GX").pk)))
    incident = Incident.objects.get()
    assert (incident.zone, incident.county) == (county("NB-GX"), county(YINZHOU))


def test_a_city_office_says_which_county(client: Client) -> None:
    login(client, CITY)
    refused = client.post(URL, fields(area=""))
    assert refused.status_code == 422
    assert "请选择一项。" in refused.text
    client.post(URL, fields(area=str(county(HAISHU).pk)))
    assert Incident.objects.get().county == county(HAISHU)


def test_an_office_without_the_right_is_told_why(client: Client) -> None:
    login(client, "330212-health")
    before = table_checksums()
    refused = client.post(URL, fields())
    assert refused.status_code == 403
    assert "没有此项权限" in refused.text
    assert "回到首页" in refused.text
    assert table_checksums() == before


def test_registered_places_of_the_county_are_offered(phone: Client) -> None:
    restaurant("甬味轩餐厅")
    restaurant("甬味轩海曙店", HAISHU)
    area = str(county().pk)
    found = phone.post("/places/", {"area": area, "place_text": "味轩"}).text
    assert "甬味轩餐厅" in found
    assert "海曙店" not in found
    assert phone.post("/places/", {"area": area, "place_text": "\x00%_"}).text.strip() == ""
    assert phone.post("/places/", {"area": str(county(HAISHU).pk), "place_text": "味轩"}).text.strip() == ""
