"""The simulated clock's calendar: how a storyline writes a moment, and where the whole story is moved to."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

BEIJING = ZoneInfo("Asia/Shanghai")
_OFFSET = re.compile(r"([+-])(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?")


def read_moment(text: str) -> datetime:
    """Read an ISO moment, as Beijing time when it names no zone (A58); raises ValueError."""
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=BEIJING)


def read_offset(text: str) -> timedelta | None:
    """Read `+90m`, `-10m`, `+1d2h` or `+59m59s`; None when the text is no offset."""
    match = _OFFSET.fullmatch(text)
    if match is None:
        return None
    sign, days, hours, minutes, seconds = match.groups()
    given = (int(part or 0) for part in (days, hours, minutes, seconds))
    length = timedelta(**dict(zip(("days", "hours", "minutes", "seconds"), given, strict=True)))
    return -length if sign == "-" else length


@dataclass(frozen=True, slots=True)
class Calendar:
    """Where a story lies in time: offsets count from `start`, and everything is moved by `shift`."""

    start: datetime
    shift: timedelta = timedelta()

    def moment(self, text: str) -> datetime:
        """Return the moment a storyline writes, moved; raises ValueError."""
        offset = read_offset(text)
        return (read_moment(text) if offset is None else self.start + offset) + self.shift

    def moved_to(self, end: datetime, *, ends: datetime) -> "Calendar":
        """Return the calendar on which what ended at `ends` ends at `end`, moved by whole minutes, never beyond it.

        Seconds stay as written, because verdicts compare minutes (A58).
        """
        return Calendar(self.start, (end - ends) // timedelta(minutes=1) * timedelta(minutes=1))


def shown(moment: datetime) -> str:
    """Write a moment for the timeline, in Beijing time."""
    return moment.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
