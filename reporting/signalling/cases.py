"""The cases a signal rests on, as they stand now, and the counts they make of an incident."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db.models import Q

from accounts.models import Organisation
from incidents.actions.facts import NewFact
from incidents.line_lists import NewCase
from incidents.models import CountKind, FactKind, Outcome
from reporting.models import Signal, SingleCase


def standing_cases(signal: Signal) -> list[SingleCase]:
    """Return the signal's cases, each in its latest revision and none that was withdrawn; the first seen first."""
    firsts = signal.evidence.exclude(case=None).values("case")
    rows = SingleCase.objects.standing().filter(Q(pk__in=firsts) | Q(first_id__in=firsts))
    return list(rows.select_related("organisation__jurisdiction__host", "county").order_by("seen_at", "pk"))


def counts_of(signal: Signal, cases: Iterable[SingleCase], *, at: datetime) -> tuple[NewFact, ...]:
    """Return what each hospital's cases count for an incident, with its line list: later ones replace the earlier (A12)."""
    by_hospital: dict[Organisation, list[SingleCase]] = defaultdict(list)
    for case in cases:
        by_hospital[case.organisation].append(case)
    return tuple(
        fact for hospital, listed in by_hospital.items() for fact in _counts(signal, hospital, listed, at)
    )


def onsets(cases: Iterable[SingleCase]) -> list[datetime]:
    """Return when the patients fell ill, as far as is known, the first first."""
    return sorted(case.onset_at for case in cases if case.onset_at)


def stated_case(case: SingleCase) -> NewCase:
    """Return a stored case as its hospital stated it."""
    fields = {name: getattr(case, name) for name in NewCase.__slots__}
    return NewCase(**{**fields, "traits": tuple(case.traits), "personal": bytes(case.personal)})


def _counts(
    signal: Signal, hospital: Organisation, cases: Sequence[SingleCase], at: datetime
) -> Iterable[NewFact]:
    fallen_ill = onsets(cases)
    numbers = {
        FactKind.ILLNESS: len(cases),
        FactKind.DEATHS: sum(case.outcome == Outcome.DEAD for case in cases),
        FactKind.SEVERE: sum(case.is_severe for case in cases),
    }
    for kind, number in numbers.items():
        is_illness = kind == FactKind.ILLNESS
        yield NewFact(
            kind=kind,
            value=number,
            as_of=at,
            happened_latest=fallen_ill[-1] if is_illness and fallen_ill else None,
            count_kind=CountKind.OWN,
            series=signal.series,
            source=hospital,
            cases=tuple(stated_case(case) for case in cases) if is_illness else (),
        )
