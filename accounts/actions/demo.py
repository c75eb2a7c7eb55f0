"""The accounts, rosters and keys of the tour."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from accounts.actions.duty import plan_shift
from accounts.actions.keys import issue_key
from accounts.actions.offices import grant_office
from accounts.actions.users import create_user
from accounts.actors import Actor
from accounts.data.demo import DEMO_HOSPITALS, DEMO_MANAGERS, DEMO_NIGHT_PEOPLE, DEMO_PEOPLE
from accounts.duty import MUST_ANSWER
from accounts.models import HospitalKey, OfficeHolding, Organisation, User
from accounts.passwords import readable_password

TITLE = "值班员"
KEY_LABEL = "demo"
KEY_LIFE = timedelta(days=365)
TURN, TURNS = timedelta(days=7), 4


@dataclass(frozen=True, slots=True)
class Credential:
    """What somebody needs to get in: a username or `key:HOSPITAL`, the secret, and what it is for."""

    name: str
    secret: str
    offices: str


@transaction.atomic
def create_demo_accounts(*, by: Actor, at: datetime) -> list[Credential]:
    """Create the demo accounts and hospital keys that are missing; return the new ones, secrets and all, this once."""
    organisations = {one.code: one for one in Organisation.objects.all()}
    known = set(User.objects.values_list("username", flat=True))
    keyed = set(HospitalKey.objects.values_list("organisation__code", flat=True))
    made = []
    for username, display_name, codes in (*DEMO_PEOPLE, *DEMO_NIGHT_PEOPLE):
        if username not in known:
            password = readable_password()
            user = create_user(username=username, display_name=display_name, password=password, by=by, at=at)
            for code in codes:
                grant_office(
                    user=user,
                    organisation=organisations[code],
                    title=TITLE,
                    is_manager=(username, code) in DEMO_MANAGERS,
                    by=by,
                    at=at,
                )
            names = "、".join(organisations[code].name for code in codes)
            made.append(Credential(username, password, names))
    _fill_rosters(by=by, at=at)
    for code in DEMO_HOSPITALS:
        if code not in keyed:
            hospital = organisations[code]
            issued = issue_key(organisation=hospital, label=KEY_LABEL, expires_at=at + KEY_LIFE, by=by, at=at)
            made.append(Credential(f"key:{code}", issued.clear, hospital.name))
    return made


def _fill_rosters(*, by: Actor, at: datetime) -> None:
    """Put somebody on duty for the coming weeks wherever somebody has to answer: the people of an office in turn."""
    empty = Organisation.objects.filter(kind__in=MUST_ANSWER, shifts__isnull=True)
    for organisation in empty.select_related("jurisdiction__host").order_by("pk"):
        held = OfficeHolding.objects.filter(organisation=organisation).select_related("user")
        people = [each.user for each in held.order_by("pk")[:2]]
        for turn in range(TURNS if people else 0):
            person, other = people[turn % len(people)], people[(turn + 1) % len(people)]
            plan_shift(
                organisation=organisation,
                person=person,
                stand_in=other if other != person else None,
                from_at=at + turn * TURN,
                until_at=at + (turn + 1) * TURN,
                by=by,
                at=at,
            )
