"""When an incident passed what the plan has one pass: known, reported, confirmed, responded to, ended, settled, summed up."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median
from typing import Final, TypeVar

from django.db.models import Max, Min, Q, QuerySet
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from aftermath.models import Finish
from incidents.models import Incident, LevelConfirmation
from plan.papers import PaperKind
from reporting.models import Report, ReportState
from response.models import Response, ResponseState
from review.selectors import signed_papers

KNOWN, REPORTED, CONFIRMED, ACTIVATED, ENDED, SETTLED, SUMMED_UP = (
    "known", "reported", "confirmed", "activated", "ended", "settled", "summed_up",
)  # fmt: skip
LABELS: Final[Mapping[str, str | Promise]] = {
    KNOWN: _("得知"),
    REPORTED: _("首报受理"),
    CONFIRMED: _("首次核定级别"),
    ACTIVATED: _("首次启动响应"),
    ENDED: _("响应终止"),
    SETTLED: _("善后结束"),
    SUMMED_UP: _("总结签发"),
}
# From which to which, in the order in which an incident goes; the plan gives none of them a number of hours but 5.1(8).
SPANS: Final = (
    (KNOWN, REPORTED),
    (REPORTED, CONFIRMED),
    (CONFIRMED, ACTIVATED),
    (ACTIVATED, ENDED),
    (ENDED, SETTLED),
    (SETTLED, SUMMED_UP),
    (KNOWN, ENDED),
)
Stamps = Mapping[str, datetime]
Row = TypeVar("Row", Report, Response, LevelConfirmation, Finish)
_WHOLE: Final = Coalesce("incident__merged_into", "incident")


@dataclass(frozen=True, slots=True)
class Span:
    """One stretch of an incident: how long it took, and the median of `others` incidents that passed both its ends."""

    since: str
    until: str
    took: timedelta | None
    median: timedelta | None
    others: int

    @property
    def label(self) -> str:
        """What it is called."""
        return f"{LABELS[self.since]} → {LABELS[self.until]}"


def milestones_of(incidents: Collection[Incident]) -> dict[int, Stamps]:
    """Return what these incidents, with what was merged into them, passed and when (A56); seven queries."""
    ids = [each.pk for each in incidents]
    family = Q(incident__in=Incident.objects.filter(Q(pk__in=ids) | Q(merged_into__in=ids)).values("pk"))
    reports = Report.objects.filter(family, state=ReportState.ACCEPTED)
    responses = Response.objects.filter(family)
    # What still runs has no end, however many before it have one.
    running = set(
        responses.filter(state=ResponseState.ACTIVE).annotate(whole=_WHOLE).values_list("whole", flat=True)
    )
    ended = _each(responses, Max("ended_at"))
    merged = Incident.objects.filter(merged_into__in=ids).values("merged_into").annotate(when=Min("known_at"))
    parts = dict(merged.values_list("merged_into", "when"))
    summed_up = {pk: at for (pk, kind), at in signed_papers(ids).items() if kind == PaperKind.SUMMARY}
    found = {
        KNOWN: {each.pk: min(filter(None, (each.known_at, parts.get(each.pk)))) for each in incidents},
        REPORTED: _each(reports, Min("received_at")),
        CONFIRMED: _each(LevelConfirmation.objects.filter(family), Min("confirmed_at")),
        ACTIVATED: _each(responses, Min("activated_at")),
        ENDED: {pk: at for pk, at in ended.items() if pk not in running},
        SETTLED: _each(Finish.objects.filter(family), Max("declared_at")),
        SUMMED_UP: summed_up,
    }
    return {pk: {name: stamps[pk] for name, stamps in found.items() if stamps.get(pk)} for pk in ids}


def _each(rows: QuerySet[Row], when: Min | Max) -> dict[int, datetime]:
    grouped = rows.annotate(whole=_WHOLE).order_by().values("whole").annotate(when=when)
    return dict(grouped.values_list("whole", "when"))


def spans(own: Stamps, others: Collection[Stamps]) -> list[Span]:
    """Return each stretch of an incident beside the median of others'; a stretch that ran backwards is none."""
    return list(_spans(own, others))


def _spans(own: Stamps, others: Collection[Stamps]) -> Iterator[Span]:
    for since, until in SPANS:
        theirs = [took for each in others if (took := _took(each, since, until)) is not None]
        middle = timedelta(seconds=median(took.total_seconds() for took in theirs)) if theirs else None
        yield Span(since, until, _took(own, since, until), middle, len(theirs))


def _took(stamps: Stamps, since: str, until: str) -> timedelta | None:
    if since not in stamps or until not in stamps or stamps[until] < stamps[since]:
        return None
    return stamps[until] - stamps[since]
