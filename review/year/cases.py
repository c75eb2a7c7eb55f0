"""The incidents of a year and how many people each concerned; what is read grows with the year alone."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils.translation import gettext as _

from accounts.models import Jurisdiction
from incidents.counting import Count
from incidents.models import FactKind, Incident, IncidentStatus, PlaceKind
from incidents.wording import agent_in_words
from plan.levels import IncidentLevel
from reporting.alerts import BEIJING
from response.situation.people import PEOPLE, people_of_incidents
from review.year.tables import Counted

NOT_COUNTED: Final = (IncidentStatus.MERGED, IncidentStatus.WITHDRAWN, IncidentStatus.NOT_AN_INCIDENT)
# The rest are told as one line.
MOST_FOODS: Final = 12


@dataclass(frozen=True, slots=True)
class Year:
    """Which year, in Beijing time, and of which county; None for the city."""

    number: int
    county: Jurisdiction | None = None

    @property
    def span(self) -> tuple[datetime, datetime]:
        """The first instant of the year, and the first after it."""
        first, after = (datetime(each, 1, 1, tzinfo=BEIJING) for each in (self.number, self.number + 1))
        return first, after


@dataclass(frozen=True, slots=True)
class Case:
    """One incident with its numbers of people, in the order of PEOPLE; what nobody stated counts as none."""

    incident: Incident
    people: tuple[int, ...]


def cases_of(year: Year, at: datetime) -> list[Case]:
    """Return the year's incidents of the whole city, by when they became known: no drill, nothing merged or taken back."""
    first, after = year.span
    found = Incident.objects.filter(
        known_at__gte=first, known_at__lt=after, is_drill=False, is_demo=False
    ).exclude(status__in=NOT_COUNTED)
    incidents = list(found.select_related("county").order_by("known_at", "pk"))
    people = people_of_incidents([each.pk for each in incidents], at=at, since=at)
    return [Case(each, _numbers(people[each.pk].now)) for each in incidents]


def _numbers(counts: Mapping[FactKind, Count]) -> tuple[int, ...]:
    return tuple(counts[kind].value if kind in counts else 0 for kind in PEOPLE)


def by_level(cases: Iterable[Case]) -> list[Counted]:
    """Count by the level that holds: the confirmed one, else the one proposed (A30)."""

    def level(case: Case) -> str:
        own = case.incident
        return IncidentLevel(own.confirmed_level or own.proposed_level).value

    names = [(each.value, f"{each.numeral} {each.label_zh}".strip()) for each in IncidentLevel]
    return _counted(cases, level, names)


def by_place(cases: Iterable[Case]) -> list[Counted]:
    """Count by the kind of place where people ate."""
    names = [(kind.value, str(kind.label)) for kind in PlaceKind]
    return _told(_counted(cases, lambda case: case.incident.place_kind, [*names, ("", _("未说明"))]))


def by_agent(cases: Iterable[Case]) -> list[Counted]:
    """Count by what is held to have made people ill."""
    return _by_text(cases, lambda case: agent_in_words(case.incident.suspect_agent))


def by_food(cases: Iterable[Case]) -> list[Counted]:
    """Count by the suspect food as it is on record; beyond the most frequent the rest is one line."""
    return _by_text(cases, lambda case: case.incident.suspect_food.strip())


def by_season(cases: Iterable[Case]) -> list[Counted]:
    """Count by the season in which the incident became known."""
    names = [
        (0, _("春季（3–5月）")),
        (1, _("夏季（6–8月）")),
        (2, _("秋季（9–11月）")),
        (3, _("冬季（12–2月）")),
    ]
    return _counted(
        cases, lambda case: (case.incident.known_at.astimezone(BEIJING).month - 3) % 12 // 3, names
    )


def by_county(cases: Iterable[Case], counties: Sequence[Jurisdiction]) -> list[Counted]:
    """Count by the county where it happened; each county has its line (A43: zones count with their host)."""
    return _counted(cases, lambda case: case.incident.county_id, [(each.pk, each.name) for each in counties])


def _by_text(cases: Iterable[Case], of: Callable[[Case], str]) -> list[Counted]:
    listed = list(cases)
    often: dict[str, int] = defaultdict(int)
    for case in listed:
        often[of(case)] += 1
    named = sorted((name for name in often if name), key=lambda name: (-often[name], name))
    kept, rest = named[:MOST_FOODS], frozenset(named[MOST_FOODS:])
    names = [*((name, name) for name in kept), ("*", _("其他")), ("", _("未说明"))]
    return _told(_counted(listed, lambda case: "*" if of(case) in rest else of(case), names))


def _counted(
    cases: Iterable[Case], of: Callable[[Case], object], names: Sequence[tuple[object, str]]
) -> list[Counted]:
    groups: dict[object, list[Case]] = defaultdict(list)
    for case in cases:
        groups[of(case)].append(case)
    return [
        Counted(
            name,
            len(groups[key]),
            tuple(sum(case.people[place] for case in groups[key]) for place in range(len(PEOPLE))),
        )
        for key, name in names
    ]


def _told(rows: Iterable[Counted]) -> list[Counted]:
    """Leave out groups without an incident."""
    return [row for row in rows if row.incidents]
