"""Who exists: the city, ten counties, six zones, the bodies of the plan; and how people are given accounts (3.2)."""

from datetime import timedelta
from io import StringIO

import pytest
from django.conf import LazySettings
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command

from accounts.actions.demo import create_demo_accounts
from accounts.actions.offices import end_office, grant_office, switch_office
from accounts.actions.reference import load_reference
from accounts.actions.users import create_user
from accounts.actors import SYSTEM
from accounts.authentication import find_key
from accounts.duty import MUST_ANSWER, who_is_told
from accounts.duty_page import unattended
from accounts.models import HospitalKey, Jurisdiction, JurisdictionKind, OfficeHolding, Organisation, User
from audit.clock import database_now
from audit.models import AuditEvent
from incidents.models import Place
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.evidence import broken_links
from tests.support.people import actor, holding, organisation

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def quick_hashes(settings: LazySettings) -> None:
    """Hashing is slow on purpose, and not what these tests are about."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def test_the_city_has_ten_counties_and_a_zone_never_counts_as_an_eleventh() -> None:
    counties = Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY)
    assert counties.count() == 10
    zones = Jurisdiction.objects.filter(kind=JurisdictionKind.ZONE).select_related("host")
    assert zones.count() == 6
    assert {zone.county for zone in zones} <= set(counties)


def test_every_county_has_its_own_bodies() -> None:
    for county in Jurisdiction.objects.filter(kind=JurisdictionKind.COUNTY):
        kinds = set(county.organisations.values_list("kind", flat=True))
        assert kinds == {
            OfficeKind.COUNTY_GOVERNMENT,
            OfficeKind.COUNTY_COMMISSION,
            OfficeKind.COUNTY_COMMISSION_OFFICE,
            OfficeKind.COUNTY_REGULATOR,
            OfficeKind.COUNTY_HEALTH,
            OfficeKind.CDC,
            OfficeKind.HOSPITAL,
        }


def test_the_bureau_that_houses_the_commission_office_is_known() -> None:
    bureau = Organisation.objects.select_related("houses").get(kind=OfficeKind.CITY_REGULATOR)
    assert bureau.houses == organisation("city-fso")


def test_loading_again_changes_nothing_not_even_what_an_office_renamed() -> None:
    Organisation.objects.filter(code="city-duty").update(name="市总值班室")
    before = table_checksums()
    assert load_reference(by=SYSTEM, at=database_now()) == []
    assert table_checksums() == before


def test_what_is_missing_is_created_and_on_record() -> None:
    Organisation.objects.get(code="city-grain").delete()
    assert load_reference(by=SYSTEM, at=database_now()) == ["city-grain"]
    event = AuditEvent.objects.filter(chain="system", action="accounts.load_reference").latest("seq")
    assert event.payload == '{"created":["city-grain"]}'


def test_the_demo_accounts_get_in_and_a_second_run_changes_nothing() -> None:
    made = {one.name: one for one in create_demo_accounts(by=SYSTEM, at=database_now())}
    assert len({one.secret for one in made.values()}) == len(made)
    assert User.objects.get(username="yinzhou").check_password(made["yinzhou"].secret)
    assert OfficeHolding.objects.get(user__username="yinzhou").organisation.code == "330212-regulator"
    assert find_key(made["key:hosp-yinzhou-people"].secret, "").organisation.code == "hosp-yinzhou-people"
    before = table_checksums()
    assert create_demo_accounts(by=SYSTEM, at=database_now()) == []
    assert table_checksums() == before
    assert broken_links() == []


def test_the_demo_has_somebody_on_duty_tonight_wherever_somebody_has_to_answer() -> None:
    at = database_now()
    assert unattended(MUST_ANSWER, None, at=at) != []
    create_demo_accounts(by=SYSTEM, at=at)
    for moment in (at, at + 27 * timedelta(days=1)):
        assert unattended(MUST_ANSWER, None, at=moment) == []
    desk, night = (User.objects.get(username=name).ref for name in ("yinzhou", "yinzhou-night"))
    for days, first, second in ((0, desk, night), (7, night, desk)):
        turns = who_is_told(["330212-regulator"], at + timedelta(days=days))["330212-regulator"]
        assert [turn.people for turn in turns] == [(first,), (second,)]


@pytest.mark.parametrize("command", ["create_demo_accounts", "load_demo_places"])
def test_demo_data_is_refused_outside_the_embedded_database(settings: LazySettings, command: str) -> None:
    settings.EMBEDDED = False
    before = table_checksums()
    with pytest.raises(CommandError):
        call_command(command)
    assert table_checksums() == before
    settings.EMBEDDED = True
    call_command(command, stdout=StringIO())
    assert table_checksums() != before


def test_the_demo_places_are_registered_once(settings: LazySettings) -> None:
    settings.EMBEDDED = True
    call_command("load_demo_places", stdout=StringIO())
    before = table_checksums()
    call_command("load_demo_places", stdout=StringIO())
    assert table_checksums() == before
    assert Place.objects.get(name="甬味轩餐厅").county.code == "330212"


def test_an_account_is_created_with_its_offices_and_a_password_that_works() -> None:
    out = StringIO()
    call_command("create_account", "wang", "王某", "city-fso", "city-duty", stdout=out)
    username, password = out.getvalue().split()
    user = User.objects.get(username=username)
    assert user.check_password(password)
    assert set(user.holdings.values_list("organisation__code", flat=True)) == {"city-fso", "city-duty"}


@pytest.mark.parametrize(
    "arguments",
    [("wang", "王某", "nowhere"), ("wa ng", "王某", "city-fso"), ("test-city-fso", "王某", "city-fso")],
)
def test_an_account_that_cannot_be_is_not_half_created(arguments: tuple[str, ...]) -> None:
    holding("city-fso")
    before = table_checksums()
    with pytest.raises(CommandError):
        call_command("create_account", *arguments)
    assert table_checksums() == before


def test_a_key_is_issued_and_printed_once() -> None:
    out = StringIO()
    call_command(
        "issue_key", "hosp-first", "--label", "HIS", "--days", "30", "--scope", "cluster:read", stdout=out
    )
    key = find_key(out.getvalue().strip(), "")
    assert (key.label, key.scopes) == ("HIS", ["cluster:read"])
    assert (key.expires_at - key.created_at).days == 30
    for arguments in (("nowhere",), ("city-fso",), ("hosp-first", "--days", "0")):
        with pytest.raises(CommandError):
            call_command("issue_key", *arguments)
    assert HospitalKey.objects.count() == 1


def test_accounts_and_offices_come_from_the_administrator_only() -> None:
    fso, person = actor("city-fso"), holding("330212-regulator")
    at = database_now()
    before = table_checksums()
    for act in (
        lambda: create_user(username="x", display_name="x", by=fso, at=at),
        lambda: grant_office(
            user=person.user, organisation=organisation("city-fso"), title="x", by=fso, at=at
        ),
        lambda: end_office(holding=person, by=fso, at=at),
    ):
        with pytest.raises(PlanRefusal) as refused:
            act()
        assert refused.value.code == "not_a_manager"
    assert table_checksums() == before


def test_nobody_switches_into_somebody_elses_office() -> None:
    mine, theirs = actor("330212-regulator"), holding("330203-regulator")
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        switch_office(holding=theirs, by=mine, at=database_now())
    assert refused.value.code == "not_own_office"
    assert table_checksums() == before


def test_an_office_is_held_once_at_a_time_and_ended_once() -> None:
    found = holding("city-fso")
    with pytest.raises(PlanRefusal):
        grant_office(
            user=found.user, organisation=found.organisation, title="x", by=SYSTEM, at=database_now()
        )
    end_office(holding=found, by=SYSTEM, at=database_now())
    with pytest.raises(PlanRefusal):
        end_office(holding=found, by=SYSTEM, at=database_now())
    again = grant_office(
        user=found.user, organisation=found.organisation, title="x", by=SYSTEM, at=database_now()
    )
    assert again.pk != found.pk


def test_a_weak_password_makes_no_account() -> None:
    before = table_checksums()
    with pytest.raises(ValidationError):
        create_user(username="x", display_name="x", password="password", by=SYSTEM, at=database_now())
    assert table_checksums() == before
