"""Who takes a step: an account, whoever holds an office, a hospital's key, the clock, the system, or nobody known."""

from datetime import datetime, timedelta

from django.db.models import QuerySet

from accounts.actions.keys import issue_key
from accounts.actions.offices import grant_office
from accounts.actions.users import create_user
from accounts.actors import ANONYMOUS, CLOCK, SYSTEM, Actor
from accounts.models import HospitalKey, OfficeHolding, Organisation

KEY_LIFE = timedelta(days=365)
UNNAMED = {"clock": CLOCK, "anonymous": ANONYMOUS, "system": SYSTEM}


def actor_named(text: str, *, at: datetime) -> Actor:
    """Return the actor a step names; an office or hospital without holder or key gets one. Raises LookupError."""
    if text in UNNAMED:
        return UNNAMED[text]
    kind, _colon, code = text.rpartition(":")
    if kind == "org":
        return Actor.in_office(_holder(_organisation(code), at=at))
    if kind == "key":
        return Actor.with_key(_key(_organisation(code), at=at))
    username, _at, office = text.partition("@")
    holdings = _holdings().filter(user__username=username)
    found = list(holdings.filter(organisation__code=office) if office else holdings)
    if len(found) != 1:
        raise LookupError(f"{len(found)} offices are held by {text!r}; name one as account@organisation")
    return Actor.in_office(found[0])


def _holder(organisation: Organisation, *, at: datetime) -> OfficeHolding:
    held = _holdings().filter(organisation=organisation).first()
    if held is not None:
        return held
    user = create_user(
        username=f"replay-{organisation.code}", display_name=organisation.name, by=SYSTEM, at=at
    )
    return grant_office(user=user, organisation=organisation, title=organisation.name, by=SYSTEM, at=at)


def _key(organisation: Organisation, *, at: datetime) -> HospitalKey:
    keys = HospitalKey.objects.filter(
        organisation=organisation, revoked_at__isnull=True, expires_at__gt=at, is_test=False
    ).select_related("organisation__jurisdiction__host")
    return (
        keys.order_by("pk").first()
        or issue_key(
            organisation=organisation, label="replay", expires_at=at + KEY_LIFE, by=SYSTEM, at=at
        ).key
    )


def _organisation(code: str) -> Organisation:
    found = Organisation.objects.select_related("jurisdiction__host").filter(code=code).first()
    if found is None:
        raise LookupError(f"no organisation has the code {code!r}")
    return found


def _holdings() -> QuerySet[OfficeHolding]:
    return (
        OfficeHolding.objects.filter(until_at__isnull=True)
        .select_related("user", "organisation__jurisdiction__host")
        .order_by("pk")
    )
