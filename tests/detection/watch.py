"""Watches reported cases go by, asking the product's own method at each one, as the product does at intake."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from incidents.epi.curve import NINGBO
from reporting.signalling.method import find
from reporting.signalling.parameters import LOOKS_BACK, REMEMBERED, SEASON_DAYS, USUAL_DAYS
from reporting.signalling.values import DAY, Finding, History, Sighting, Stratum, rise_key, season_of

Reported = tuple[datetime, Sighting]


@dataclass
class Watch:
    """Everything reported so far, by what it is asked for; `open` are signals by name, with their evidence."""

    start: datetime
    by_trace: dict[str, deque[Sighting]] = field(default_factory=lambda: defaultdict(deque))
    by_stratum: dict[Stratum, deque[Sighting]] = field(default_factory=lambda: defaultdict(deque))
    daily: dict[Stratum, Counter[date]] = field(default_factory=lambda: defaultdict(Counter))
    total: Counter[date] = field(default_factory=Counter)
    mentions: dict[str, deque[datetime]] = field(default_factory=lambda: defaultdict(deque))
    evidence: dict[str, tuple[datetime, set[str]]] = field(default_factory=dict)

    def proposals(self, reported: Iterable[Reported]) -> Iterator[tuple[datetime, Finding]]:
        """Return each new signal with the moment it is proposed; one that only grows is no new one."""
        for at, sighting in sorted(reported, key=lambda each: each[0]):
            self._keep(sighting)
            for finding in self._asked(sighting, at):
                if not self._goes_on(finding, at):
                    yield at, finding

    def _keep(self, sighting: Sighting) -> None:
        for trace in sighting.traces:
            self.by_trace[trace].append(sighting)
            self.mentions[trace].append(sighting.seen_at)
        stratum, day = (sighting.county, sighting.syndrome), sighting.seen_at.astimezone(NINGBO).date()
        self.by_stratum[stratum].append(sighting)
        self.daily[stratum][day] += 1
        self.total[day] += 1

    def _asked(self, sighting: Sighting, at: datetime) -> list[Finding]:
        near: dict[str, Sighting] = {}
        for trace in sighting.traces:
            near |= {each.ref: each for each in _recent(self.by_trace[trace], at - LOOKS_BACK)}
        stratum = (sighting.county, sighting.syndrome)
        near |= {each.ref: each for each in _recent(self.by_stratum[stratum], at - 3 * DAY)}
        held = {
            ref for name, (_at, refs) in self.evidence.items() if not name.startswith("rise|") for ref in refs
        }
        asked = {*sighting.traces, *([rise_key(stratum)] if sighting.syndrome else [])}
        history = self._history(sighting, stratum, at)
        return find(list(near.values()), history, asked=asked, at=at, explained=held)

    def _history(self, sighting: Sighting, stratum: Stratum, at: datetime) -> History:
        until, since = at - LOOKS_BACK, at - LOOKS_BACK - USUAL_DAYS * DAY
        days, today = (at - self.start) // DAY, at.astimezone(NINGBO).date()
        month, year = (self._cases(today, each) for each in (SEASON_DAYS, USUAL_DAYS))
        mentions = {
            trace: sum(since <= each < until for each in self.mentions[trace]) for trace in sighting.traces
        }
        return History(
            days=min(days, USUAL_DAYS + LOOKS_BACK // DAY),
            mentions=mentions,
            season=season_of(month, year, days),
            daily={stratum: self.daily[stratum]},
        )

    def _cases(self, today: date, days: int) -> int:
        return sum(self.total[today - timedelta(days=each)] for each in range(days))

    def _goes_on(self, finding: Finding, at: datetime) -> bool:
        """Whether it goes on with a signal there is; it or the new one holds the evidence from now on."""
        self.evidence = {
            name: (then, refs) for name, (then, refs) in self.evidence.items() if at - then < REMEMBERED
        }
        refs = set(finding.refs)
        named = [finding.key] if finding.key in self.evidence else []
        near = [
            name
            for name, (_at, held) in self.evidence.items()
            if len(refs & held) * 2 >= min(len(refs), len(held))
        ]
        for name in (named or near)[:1]:
            self.evidence[name] = (at, self.evidence[name][1] | refs)
            return True
        self.evidence[finding.key] = (at, refs)
        return False


def _recent(seen: deque[Sighting], since: datetime) -> Iterable[Sighting]:
    """Return what was seen since then, and forget what came before: it is never asked for again."""
    while seen and seen[0].seen_at < since:
        seen.popleft()
    return [each for each in seen if each.seen_at >= since]
