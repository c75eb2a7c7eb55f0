"""The incubation as seen, and the agents of the table whose incubation it fits: a suggestion, never a finding (6.4.2(1))."""

import enum
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from plan.agents import Agent, agents


@dataclass(frozen=True, slots=True)
class Incubation:
    """How long after the meal people fell ill: of how many it is known, shortest, median, longest."""

    known: int
    shortest: timedelta
    median: timedelta
    longest: timedelta


class Fit(enum.StrEnum):
    """How an agent's incubation goes with the one seen."""

    WHOLE = "whole"
    MEDIAN = "median"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An agent that fits; the whole distribution lies in its range and the median in its typical one, or only the median in its range."""

    agent: Agent
    fit: Fit


def incubation(pairs: Iterable[tuple[Collection[datetime], datetime]]) -> Incubation | None:
    """Return the incubation of (moments of meals, onset) of persons; counted is who has one meal before falling ill."""
    spans = []
    for meals, onset in pairs:
        before = {meal for meal in meals if meal <= onset}
        if len(before) == 1:
            spans.append(onset - before.pop())
    if not spans:
        return None
    seconds = [span.total_seconds() for span in spans]
    return Incubation(len(spans), min(spans), timedelta(seconds=median(seconds)), max(spans))


def agents_that_fit(seen: Incubation) -> Sequence[Suggestion]:
    """Return the agents of the table that go with an incubation, those that go with all of it first."""
    found = [Suggestion(agent, fit) for agent in agents().values() if (fit := _fit(agent, seen)) is not None]
    return sorted(found, key=lambda each: (each.fit is not Fit.WHOLE, _span(each.agent)))


def _fit(agent: Agent, seen: Incubation) -> Fit | None:
    if not agent.shortest <= seen.median <= agent.longest:
        return None
    is_within = agent.shortest <= seen.shortest and seen.longest <= agent.longest
    is_typical = agent.typical[0] <= seen.median <= agent.typical[1]
    return Fit.WHOLE if is_within and is_typical else Fit.MEDIAN


def _span(agent: Agent) -> timedelta:
    return agent.longest - agent.shortest
