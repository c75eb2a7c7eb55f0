"""People and hospitals' keys for tests, made by the actions that make real ones."""

from datetime import timedelta

from django.test import Client

from accounts.actions.keys import issue_key
from accounts.actions.offices import grant_office
from accounts.actions.users import create_user
from accounts.actors import SYSTEM, Actor
from accounts.models import HospitalKey, OfficeHolding, Organisation, User
from accounts.sessions import note_presence
from audit.clock import database_now

TITLE = "值班员"


def organisation(code: str) -> Organisation:
    """One organisation of the reference data, with its jurisdiction."""
    return Organisation.objects.select_related("jurisdiction__host").get(code=code)


def holding(org_code: str) -> OfficeHolding:
    """The office of the test's one person in this organisation; the first call creates both."""
    found = OfficeHolding.objects.filter(
        user__username=f"test-{org_code}", organisation__code=org_code, until_at__isnull=True
    ).first()
    if found is None:
        user = create_user(
            username=f"test-{org_code}", display_name=f"测试 {org_code}", by=SYSTEM, at=database_now()
        )
        found = office_for(user, org_code)
    return OfficeHolding.objects.select_related("user", "organisation__jurisdiction__host").get(pk=found.pk)


def office_for(user: User, org_code: str) -> OfficeHolding:
    """One more office for a person."""
    return grant_office(
        user=user, organisation=organisation(org_code), title=TITLE, by=SYSTEM, at=database_now()
    )


def actor(org_code: str) -> Actor:
    """A person acting in this organisation."""
    return Actor.in_office(holding(org_code))


def manager(org_code: str) -> OfficeHolding:
    """The office of the one person who manages from this organisation; the first call creates both."""
    username = f"manager-{org_code}"
    found = OfficeHolding.objects.filter(user__username=username, organisation__code=org_code).first()
    if found is None:
        user = create_user(username=username, display_name=f"管理 {org_code}", by=SYSTEM, at=database_now())
        found = grant_office(
            user=user,
            organisation=organisation(org_code),
            title="管理员",
            is_manager=True,
            by=SYSTEM,
            at=database_now(),
        )
    return OfficeHolding.objects.select_related("user", "organisation__jurisdiction__host").get(pk=found.pk)


def login_manager(client: Client, org_code: str) -> Actor:
    """Log the manager of this organisation in, without a password."""
    office = manager(org_code)
    _let_in(client, office.user)
    return Actor.in_office(office)


def login(client: Client, org_code: str) -> User:
    """Log the person of this organisation in, without a password."""
    user = holding(org_code).user
    _let_in(client, user)
    return user


def _let_in(client: Client, user: User) -> None:
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    session = client.session
    note_presence(session, at=database_now())
    session.save()


def hospital_key(org_code: str) -> tuple[HospitalKey, str]:
    """A fresh key of this hospital, and its clear text."""
    at = database_now()
    issued = issue_key(
        organisation=organisation(org_code),
        label="test",
        expires_at=at + timedelta(days=1),
        by=SYSTEM,
        at=at,
    )
    return issued.key, issued.clear
