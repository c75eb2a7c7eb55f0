"""What a storyline expects of an incident, its clocks and its duties, compared with what is found."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from accounts.models import Jurisdiction, Organisation
from incidents.models import Incident, IncidentStatus, JoinProposal, JoinState
from incidents.selectors import family_ids, latest_assessment
from plan.levels import IncidentLevel
from reporting.leg_view import LegView
from reporting.models import Ground, LegCode, ObligationState, OpenDuty, StageCode, StageEvent
from reporting.selectors import legs
from reporting.verdicts import VerdictState
from response.replay.files import files_in_words
from response.replay.foretold import FORETOLD
from response.replay.scope import BadValue, Scope
from response.replay.times import shown
from response.replay.told import MESSAGE, MESSAGE_CHOICE, copy_names, messages_of
from response.replay.trait import Trait
from response.replay.values import reader_for
from response.selectors.accountability import Prompt, prompts_of
from response.selectors.running import responses_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """How an action is expected to be refused."""

    clause: str
    code: str | None = None
    status: int | None = None

    def fits(self, found: "Refused") -> bool:
        """Whether a refusal is the one expected, as far as it is said."""
        said = [(self.clause, found.clause), (self.code, found.code), (self.status, found.status)]
        return all(expected in {None, actual} for expected, actual in said)


def _counted(incident: Incident) -> Mapping[str, Any]:
    made = latest_assessment(incident)
    return made.counted if made else {}


def _clauses(incident: Incident) -> tuple[str, ...]:
    made = latest_assessment(incident)
    return tuple(made.clauses) if made else ()


def _open_duties(incident: Incident) -> set[str]:
    open_ones = OpenDuty.objects.filter(incident=incident, settled_at__isnull=True)
    return set(open_ones.values_list("code", flat=True))


def _proposed_joins(incident: Incident) -> set[Incident]:
    pending = JoinProposal.objects.filter(incident=incident, state=JoinState.PENDING)
    return {proposal.other for proposal in pending.select_related("other")}


def _responses(incident: Incident) -> set[str]:
    """Each response as `city III active` or, by its county, `鄞州区 IV ended`."""
    found = responses_of(incident)
    return {f"{each.county or each.track} {each.level} {each.state}" for each in found}


def _questions(incident: Incident) -> int:
    return responses_of(incident).filter(reopened_at__isnull=False).count()


INCIDENT = {
    "number": Trait(str, lambda incident: incident.number),
    "drill": Trait(bool, lambda incident: incident.is_drill),
    "county": Trait(Jurisdiction, lambda incident: incident.county),
    "level": Trait(IncidentLevel, lambda incident: IncidentLevel(incident.proposed_level)),
    "confirmed": Trait(str | None, lambda incident: incident.confirmed_level or None),
    "clauses": Trait(tuple[str, ...], _clauses),
    "status": Trait(IncidentStatus, lambda incident: incident.status),
    "suspect_agent": Trait(str, lambda incident: incident.suspect_agent),
    "suspect_food": Trait(str, lambda incident: incident.suspect_food),
    "open_duties": Trait(set[str], _open_duties),
    "responses": Trait(set[str], _responses),
    "reopened_questions": Trait(int, _questions),
    "accountability_files": Trait(set[str], files_in_words),
    "proposed_joins": Trait(set[Incident], _proposed_joins),
}


def _of_obligation(side: Trait) -> Callable[[LegView | StageEvent], Any]:
    """Find in the obligation that a leg or a stage belongs to."""
    return lambda thing: side.of(thing.obligation)


_SIDES = {
    "clause": Trait(str, lambda obligation: obligation.clause),
    "bearer": Trait(Organisation, lambda obligation: obligation.bearer),
    "recipient": Trait(Organisation, lambda obligation: obligation.recipient),
    "leg": Trait(LegCode, lambda obligation: obligation.leg),
    "version": Trait(int, lambda obligation: obligation.version),
    "ground": Trait(Ground, lambda obligation: obligation.ground),
}
LEG_CHOICE = {name: Trait(side.kind, _of_obligation(side)) for name, side in _SIDES.items()}
LEG = {
    "state": Trait(VerdictState, lambda leg: leg.verdict.state),
    "received_at": Trait(datetime | None, lambda leg: leg.verdict.received_at),
    "late_min": Trait(int, lambda leg: leg.verdict.late_min),
    "stands": Trait(ObligationState, lambda leg: leg.obligation.state),
    "occurred_at": Trait(datetime, lambda leg: leg.obligation.anchor_latest),
    "target_at": Trait(datetime | None, lambda leg: leg.obligation.target_at),
    "limit_at": Trait(datetime | None, lambda leg: leg.obligation.limit_at),
}
STAGE_CHOICE = {
    "stage": Trait(StageCode, lambda event: event.stage),
    **LEG_CHOICE,
}
STAGE = {
    "due_at": Trait(datetime, lambda event: event.due_at),
    "fired_at": Trait(datetime, lambda event: event.fired_at),
}
# The number of obligations by clause, of stages fired by code, of copies outside as `kind rank`; what is not named there
# must not be there at all.
COUNTS = frozenset({"obligation_count", "stage_count", "copy_count"})
ROWS = frozenset({"obligations", "stages", "messages"})
KEYS = frozenset({"incident", "counted", "prompts", FORETOLD, *ROWS, *COUNTS, *INCIDENT})


def differences(expected: Mapping[str, Any], incident: Incident, *, scope: Scope, now: datetime) -> list[str]:
    """Return what is not as expected, each with what was found; raises BadValue for what can't be read."""
    legs, stages, told = judged_legs(incident, now), fired_stages(incident), messages_of(incident)
    rows: Mapping[str, tuple[Sequence[Any], tuple[Mapping[str, Trait], Mapping[str, Trait]]]] = {
        "obligations": (legs, (LEG_CHOICE, LEG)),
        "stages": (stages, (STAGE_CHOICE, STAGE)),
        "messages": (told, (MESSAGE_CHOICE, MESSAGE)),
    }
    tallies = {
        "obligation_count": [leg.obligation.clause for leg in legs],
        "stage_count": [event.stage for event in stages],
        "copy_count": copy_names(told),
    }
    found: list[str] = []
    for name, wanted in expected.items():
        key = f"expect.{name}"
        if name in INCIDENT:
            found += _differs(INCIDENT[name], wanted, incident, scope, key)
        elif name in rows:
            found += _rows(wanted, *rows[name], scope, key)
        elif name in tallies:
            found += _tally(wanted, tallies[name], scope, key)
        elif name == "counted":
            found += _parts(wanted, _counted(incident), scope, key)
        elif name == "prompts":
            prompts = Trait(set[str], lambda incident: {_prompt(each) for each in prompts_of(incident, now)})
            found += _differs(prompts, wanted, incident, scope, key)
    return found


def _prompt(prompt: Prompt) -> str:
    """Write a suspicion as `late phone city-duty v1 330212-gov open`, or with the pattern of contradicting numbers."""
    state = prompt.decision.decision if prompt.decision else "open"
    about = prompt.contradiction.pattern.value if prompt.contradiction else ""
    if prompt.lateness is not None:
        own = prompt.lateness.leg.obligation
        about = f"late {own.leg} {own.recipient.code} v{own.version}"
    return f"{about} {prompt.accused.code} {'overtaken ' if prompt.is_overtaken else ''}{state}"


def judged_legs(incident: Incident, now: datetime) -> list[LegView]:
    """Return every obligation of an incident and what was merged into it, older versions too, judged at `now`."""
    judged = [version for leg in legs([incident.pk], now) for version in (leg, *leg.history)]
    return sorted(judged, key=lambda leg: leg.obligation.pk)


def fired_stages(incident: Incident) -> list[StageEvent]:
    """Return every stage fired for an incident, in the order in which they fired."""
    events = StageEvent.objects.filter(obligation__incident__in=family_ids(incident))
    return list(events.select_related("obligation__bearer", "obligation__recipient").order_by("pk"))


def _rows(
    wanted: Any,
    rows: Sequence[Any],
    traits: tuple[Mapping[str, Trait], Mapping[str, Trait]],
    scope: Scope,
    key: str,
) -> Iterator[str]:
    """Each entry chooses rows by some traits, at least one, and says what the others must be."""
    choice, rest = traits
    for index, entry in enumerate(reader_for(list[dict[str, object]])(wanted, scope, key)):
        here = f"{key}[{index}]"
        for name in entry:
            if name not in choice and name not in rest:
                raise BadValue(f"{here}.{name}", f"unknown; known are {', '.join([*choice, *rest])}")
        chosen = {
            name: _read(choice[name], value, scope, f"{here}.{name}")
            for name, value in entry.items()
            if name in choice
        }
        picked = [row for row in rows if all(choice[name].of(row) == value for name, value in chosen.items())]
        if not picked:
            yield f"{here}: found none"
        for row in picked:
            for name, value in entry.items():
                if name in rest:
                    yield from _differs(rest[name], value, row, scope, f"{here}.{name}")


def _differs(trait: Trait, wanted: Any, thing: Any, scope: Scope, key: str) -> Iterator[str]:
    expected, found = _read(trait, wanted, scope, key), trait.of(thing)
    if expected != found:
        yield f"{key}: expected {_said(expected)}, found {_said(found)}"


def _read(trait: Trait, wanted: Any, scope: Scope, key: str) -> Any:
    return reader_for(trait.kind)(wanted, scope, key)


def _parts(wanted: Any, whole: Mapping[str, Any], scope: Scope, key: str) -> Iterator[str]:
    for name, value in reader_for(dict[str, object])(wanted, scope, key).items():
        if whole.get(name) != value:
            yield f"{key}.{name}: expected {value!r}, found {whole.get(name)!r}"


def _tally(wanted: Any, rows: Sequence[str], scope: Scope, key: str) -> Iterator[str]:
    expected = {
        name: number for name, number in reader_for(dict[str, int])(wanted, scope, key).items() if number
    }
    found = dict(Counter(str(row) for row in rows))
    if expected != found:
        yield f"{key}: expected {expected}, found {found}"


def _said(value: Any) -> str:
    match value:
        case datetime():
            return shown(value)
        case set() | tuple() | list():
            return f"[{', '.join(sorted(_said(each) for each in value) if isinstance(value, set) else map(_said, value))}]"
        case None:
            return "nothing"
    return str(value)
