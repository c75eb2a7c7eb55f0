"""People whose pages ask by themselves, remembered for a minute: after a change every watcher asks at once.

Only a process that hears the evidence log remembers: it forgets a person as soon as anything about them is recorded, and
everybody when it can't hear. The session itself is read at every request.
"""

import threading
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY, get_user
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from accounts.actors import ActorKind
from accounts.models import OfficeHolding, User
from accounts.selectors import current_holdings

LONGEST_S: Final = 60


@dataclass(frozen=True, slots=True)
class Known:
    """A person and the offices they held when they were looked up."""

    user: User
    offices: tuple[OfficeHolding, ...]
    since: float = field(default_factory=time.monotonic)

    @property
    def is_young(self) -> bool:
        """Tell whether the look-up still counts."""
        return time.monotonic() - self.since < LONGEST_S


class Standing:
    """Who is known to this process; nobody before it hears the evidence log."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._known: dict[str, Known] = {}
        self._hears = False
        self._doubts = 0

    def hear(self, hears: bool) -> None:
        """Begin anew with nobody known; while nothing is heard nobody is remembered."""
        with self._lock:
            self._known.clear()
            self._hears = hears
            self._doubts += 1

    def doubt(self, ref: str) -> None:
        """Forget a person, named as the evidence log names them."""
        with self._lock:
            self._known.pop(ref, None)
            self._doubts += 1

    def of(
        self, request: HttpRequest, *, watches: bool, at: datetime
    ) -> tuple[User, tuple[OfficeHolding, ...]] | None:
        """Return who is logged in, and their offices now; None for nobody. Only a page that watches may be answered from memory."""
        known = (self._remembered(request) if watches else None) or self._looked_up(request, at=at)
        if known is None:
            return None
        return known.user, tuple(office for office in known.offices if not office.has_ended(at))

    def _remembered(self, request: HttpRequest) -> Known | None:
        known = self._known.get(f"{ActorKind.USER.value}:{request.session.get(SESSION_KEY)}")
        if known is None or not known.is_young:
            return None
        given = request.session.get(HASH_SESSION_KEY, "")
        return known if constant_time_compare(given, known.user.get_session_auth_hash()) else None

    def _looked_up(self, request: HttpRequest, *, at: datetime) -> Known | None:
        doubts = self._doubts
        user = get_user(request)
        if not isinstance(user, User):
            return None
        known = Known(user, tuple(current_holdings(user.pk, at=at)))
        with self._lock:
            # What was recorded while we looked may not be in what we read.
            if self._hears and doubts == self._doubts:
                self._known[f"{ActorKind.USER.value}:{user.pk}"] = known
        return known


standing: Final = Standing()
