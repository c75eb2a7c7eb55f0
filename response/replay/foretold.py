"""What a storyline expects to be foretold: who would be told if a report came at a moment, compared with what is found."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Jurisdiction, Organisation
from plan.levels import IncidentLevel
from response.foretold import OfficeTold
from response.preview import Preview, preview_of_report
from response.rehearsal import Sender
from response.replay.scope import Scope
from response.replay.values import reader_for

FORETOLD = "foretold"


@dataclass(frozen=True, slots=True, kw_only=True)
class Foretold:
    """One look ahead: at whose report, and what it should show; what is left out is not compared.

    what: words of the message or stage; told: each turn as `minutes rank people channels`; legs: how many by clause.
    """

    sender: Sender
    level: IncidentLevel
    county: Jurisdiction
    at: datetime | None = None
    legs: dict[str, int] | None = None
    unattended: int | None = None
    what: str = ""
    office: Organisation | None = None
    on_duty: list[str] | None = None
    told: list[str] | None = None


def foretold_differences(wanted: Any, *, scope: Scope, now: datetime) -> list[str]:
    """Return what is not foretold as expected, each with what was found; raises BadValue for what can't be read."""
    looks = reader_for(list[Foretold])(wanted, scope, f"expect.{FORETOLD}")
    found: list[str] = []
    for number, look in enumerate(looks):
        preview = preview_of_report(look.sender, look.level, look.county, at=look.at or now)
        found += (f"expect.{FORETOLD}[{number}].{said}" for said in _differences(look, preview))
    return found


def _differences(look: Foretold, preview: Preview) -> Iterator[str]:
    legs = dict(Counter(leg.obligation.clause for leg in preview.legs))
    yield from _compared("legs", look.legs, legs)
    yield from _compared("unattended", look.unattended, len(preview.unattended))
    if look.office is None:
        return
    offices = [
        office
        for occasion in preview.occasions
        for office in occasion.offices
        if look.what in occasion.what and office.name == look.office.name
    ]
    if not offices:
        yield f"what: nothing like {look.what!r} is told to {look.office}"
    for office in offices[:1]:
        yield from _compared("on_duty", look.on_duty, list(office.on_duty))
        yield from _compared("told", look.told, _turns(office))


def _turns(office: OfficeTold) -> list[str]:
    return [" ".join([str(turn.after_min), turn.rank, *turn.people, *turn.channels]) for turn in office.turns]


def _compared(name: str, expected: object, found: object) -> Iterator[str]:
    if expected not in (None, found):
        yield f"{name}: expected {expected}, found {found}"
