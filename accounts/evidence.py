"""What the evidence log says of an act: of any, and of those on people, offices and keys; ids and codes, never a name."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from accounts.actors import Actor
from accounts.models import HospitalKey, OfficeHolding, User, WallToken
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import seals


def write_down(
    action: str,
    chain: str,
    by: Actor,
    at: datetime,
    /,
    *,
    subject: str = "",
    rows: Iterable[Sealed] = (),
    **payload: Any,
) -> None:
    """Record what somebody did on one chain, of which it speaks unless it has a subject, and vouch for the rows (5.1)."""
    sealed = seals(rows)
    entry = Entry(
        chain=chain,
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=subject or chain,
        payload={**payload, **({"rows": sealed} if sealed else {})},
    )
    record(entry)


def account_entry(user: User, action: str, by: Actor, at: datetime, **payload: Any) -> Entry:
    """Return the evidence of an act on an account."""
    return Entry(
        chain=f"user:{user.pk}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"user:{user.pk}",
        payload=payload,
    )


def office_entry(holding: OfficeHolding, action: str, by: Actor, at: datetime) -> Entry:
    """Return the evidence of an act on an office somebody holds."""
    payload: dict[str, Any] = {
        "organisation": holding.organisation.code,
        "from_at": holding.from_at.isoformat(),
    }
    payload |= {"until_at": holding.until_at.isoformat()} if holding.until_at else {}
    payload |= {"is_manager": True} if holding.is_manager else {}
    payload |= {"stands_in_for": f"user:{holding.stands_in_for_id}"} if holding.stands_in_for_id else {}
    return Entry(
        chain=f"user:{holding.user_id}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"holding:{holding.pk}",
        payload=payload,
    )


def key_entry(key: HospitalKey, action: str, by: Actor, at: datetime, **more: Any) -> Entry:
    """Return the evidence of an act on a hospital's key, on the hospital's chain."""
    payload = {"prefix": key.prefix, "scopes": list(key.scopes), **more}
    return Entry(
        chain=f"org:{key.organisation.code}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"key:{key.pk}",
        payload=payload,
    )


def wall_entry(token: WallToken, action: str, by: str, office: str, at: datetime, **more: Any) -> Entry:
    """Return the evidence of an act on a wall's token, on the token's own chain, which its stream listens to."""
    return Entry(
        chain=f"wall:{token.pk}",
        action=action,
        actor=by,
        office=office,
        at=at,
        subject=f"wall:{token.pk}",
        payload={"prefix": token.prefix, **more},
    )
