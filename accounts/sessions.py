"""What a session stands for: a person, the office chosen in it, and an end that no activity puts off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest

from accounts.actors import ANONYMOUS, Actor, ActorKind
from accounts.models import OfficeHolding, User
from accounts.selectors import current_holdings

OFFICE_KEY = "office"
SINCE_KEY = "since"
LONGEST_SESSION = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who acts in a session, and between which offices they may choose."""

    actor: Actor = ANONYMOUS
    offices: tuple[OfficeHolding, ...] = ()


def begin(session: SessionBase, *, at: datetime) -> None:
    """Let a fresh login begin its own time, with no office chosen yet."""
    session[SINCE_KEY] = at.isoformat()
    session.pop(OFFICE_KEY, None)


def is_too_old(session: SessionBase, *, at: datetime) -> bool:
    """Tell whether the login lies further back than a session may last, however busy it was."""
    since = session.get(SINCE_KEY)
    return since is not None and at - datetime.fromisoformat(since) > LONGEST_SESSION


def presence(user: User, session: SessionBase, *, at: datetime) -> Presence:
    """Return the person in the office chosen; without office while none is chosen or the chosen one has ended."""
    offices = tuple(current_holdings(user.pk, at=at))
    chosen = session.get(OFFICE_KEY, offices[0].pk if len(offices) == 1 else None)
    for holding in offices:
        if holding.pk == chosen:
            return Presence(Actor.in_office(holding), offices)
    return Presence(Actor(ActorKind.USER, user.pk, None, str(user)), offices)


def actor_of_session(session_key: str, *, at: datetime) -> Actor:
    """Return who stands behind a session cookie now, for doors that lie before Django's handler; never writes."""
    request = HttpRequest()
    request.session = SessionStore(session_key)
    user = get_user(request)
    if not isinstance(user, User) or is_too_old(request.session, at=at):
        return ANONYMOUS
    return presence(user, request.session, at=at).actor
