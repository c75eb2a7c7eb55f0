"""What a session stands for: a person, the office chosen in it, and an end that no activity puts off."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth import get_user
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.actors import ANONYMOUS, Actor, ActorKind
from accounts.models import OfficeHolding, User
from accounts.selectors import current_holdings

OFFICE_KEY = "office"
SINCE_KEY = "since"
SEEN_KEY = "seen"
FACTOR_KEY = "second_factor"
PENDING_KEY = "pending_login"
LONGEST_SESSION = timedelta(hours=12)
LONGEST_PENDING = timedelta(minutes=10)
# Who clicks through pages need not be written down at each of them.
SEEN_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Presence:
    """Who acts in a session, between which offices they may choose, and what they must deal with before."""

    actor: Actor = ANONYMOUS
    offices: tuple[OfficeHolding, ...] = ()
    outstanding: str = ""
    ends_in_s: int = 0


def begin(session: SessionBase, *, passed: bool, at: datetime) -> None:
    """Let a fresh login begin its own time, with no office chosen yet; `passed` if a second factor was."""
    session[SINCE_KEY] = session[SEEN_KEY] = at.isoformat()
    session[FACTOR_KEY] = passed
    session.pop(OFFICE_KEY, None)
    session.pop(PENDING_KEY, None)


def await_code(session: SessionBase, user: User, *, at: datetime) -> None:
    """Keep that a password was right and a code is still to come; nobody is logged in by that."""
    session[PENDING_KEY] = [user.pk, user.get_session_auth_hash(), at.isoformat()]


def awaited(session: SessionBase, *, at: datetime) -> User | None:
    """Return whose code is awaited, None after ten minutes or a change of password."""
    pk, password_hash, since = session.get(PENDING_KEY, (None, "", ""))
    if pk is None or at - datetime.fromisoformat(since) > LONGEST_PENDING:
        return None
    user = User.objects.filter(pk=pk, is_active=True).first()
    if user is None or not constant_time_compare(password_hash, user.get_session_auth_hash()):
        return None
    return user


def outstanding(user: User, session: SessionBase) -> str:
    """Return the name of the page a person must deal with before anything else, or nothing."""
    if user.must_change_password:
        return "accounts:password"
    if settings.REQUIRE_SECOND_FACTOR and not session.get(FACTOR_KEY):
        return "accounts:second_factor"
    return ""


def note_presence(session: SessionBase, *, at: datetime) -> None:
    """Put the end of an idle session off; a session without a start begins now."""
    session.setdefault(SINCE_KEY, at.isoformat())
    seen = session.get(SEEN_KEY)
    if seen is None or at - datetime.fromisoformat(seen) >= SEEN_NOTED_EVERY:
        session[SEEN_KEY] = at.isoformat()


def go_on(session: SessionBase, *, at: datetime) -> None:
    """Put the end of an idle session off at once."""
    session[SEEN_KEY] = at.isoformat()


def is_marked(session: SessionBase) -> bool:
    """Tell whether the session knows when it began and when somebody was last there."""
    return SINCE_KEY in session and SEEN_KEY in session


def ends_in_s(session: SessionBase, *, at: datetime) -> int:
    """Return in how many seconds the login ends unless its person does something, however long pages are watched."""
    seen, since = _marks(session)
    end = min(seen + timedelta(seconds=settings.SESSION_COOKIE_AGE), since + LONGEST_SESSION)
    return max(0, int((end - at).total_seconds()))


def may_go_on(session: SessionBase) -> bool:
    """Tell whether doing something puts the end off: no longer once the longest time of a login is what ends it."""
    seen, since = _marks(session)
    return seen + timedelta(seconds=settings.SESSION_COOKIE_AGE) < since + LONGEST_SESSION


def is_over(session: SessionBase, user: User, *, at: datetime) -> bool:
    """Tell whether the login lies further back than a session may last, however busy, or than the person's logins hold."""
    if SINCE_KEY not in session:
        return False
    since = datetime.fromisoformat(session[SINCE_KEY])
    return at - since > LONGEST_SESSION or (
        user.logins_hold_from_at is not None and since < user.logins_hold_from_at
    )


def presence(user: User, session: SessionBase, offices: tuple[OfficeHolding, ...]) -> Presence:
    """Return the person in the one of their offices that is chosen; without, while something is outstanding."""
    first = outstanding(user, session)
    if first:
        return Presence(Actor(ActorKind.USER, user.pk, None, str(user)), outstanding=first)
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
    if not isinstance(user, User) or is_over(request.session, user, at=at):
        return ANONYMOUS
    return presence(user, request.session, tuple(current_holdings(user.pk, at=at))).actor


def _marks(session: SessionBase) -> tuple[datetime, datetime]:
    """Return when somebody was last there, and when the login began."""
    return datetime.fromisoformat(session[SEEN_KEY]), datetime.fromisoformat(session[SINCE_KEY])
