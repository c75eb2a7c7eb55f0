"""A hospital's own single cases and what became of each (4.1(d), 5.1(3)); nothing of any other hospital's."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.paginator import Page, Paginator
from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Organisation
from incidents.models import Incident
from reporting.models import SignalEvidence, SignalState, SingleCase

PER_PAGE = 50


class Fate(models.TextChoices):
    """What became of a single case."""

    TAKEN = "taken", _("已受理")
    WATCHED = "watched", _("与其他病例一起研判中")
    COUNTED = "counted", _("已计入事故")
    WITHDRAWN = "withdrawn", _("已撤回")


@dataclass(frozen=True, slots=True)
class OwnCase:
    """One case in its latest revision, and what became of it."""

    case: SingleCase
    fate: Fate
    incident: Incident | None


@dataclass(frozen=True, slots=True)
class OwnCases:
    """A page of the list at one instant."""

    at: datetime
    page: Page[Any]
    rows: Sequence[OwnCase]


def own_cases(hospital: Organisation, at: datetime, *, page: str | None) -> OwnCases:
    """Return a page of a hospital's cases; as many queries for many as for few."""
    found = Paginator(latest_cases(hospital), PER_PAGE).get_page(page)
    return OwnCases(at, found, with_fates(found.object_list))


def latest_cases(hospital: Organisation) -> QuerySet[SingleCase]:
    """Return a hospital's cases, each in its latest revision, those reported last first."""
    latest = SingleCase.objects.filter(organisation=hospital, corrected_by__isnull=True)
    return latest.defer("personal").order_by("-recorded_at", "-pk")


def with_fates(cases: Iterable[SingleCase]) -> list[OwnCase]:
    """Return what became of each of these cases; one query."""
    listed = list(cases)
    evidence = SignalEvidence.objects.filter(case__in=[case.case_id for case in listed])
    by_case: dict[int, SignalEvidence] = {}
    # Of several signals the one that was taken up says what counts, else one that waits.
    order = {SignalState.PROPOSED: 1, SignalState.JOINED: 2, SignalState.OPENED: 3}
    for row in evidence.select_related("signal__incident__merged_into").order_by("pk"):
        before = by_case.get(row.case_id or 0)
        if before is None or order.get(row.signal.state, 0) > order.get(before.signal.state, 0):
            by_case[row.case_id or 0] = row
    return [_own(case, by_case.get(case.case_id)) for case in listed]


def _own(case: SingleCase, evidence: SignalEvidence | None) -> OwnCase:
    state = evidence.signal.state if evidence else ""
    if case.is_withdrawn:
        return OwnCase(case, Fate.WITHDRAWN, None)
    if evidence and evidence.signal.incident and state in {SignalState.OPENED, SignalState.JOINED}:
        incident = evidence.signal.incident
        return OwnCase(case, Fate.COUNTED, incident.merged_into or incident)
    return OwnCase(case, Fate.WATCHED if state == SignalState.PROPOSED else Fate.TAKEN, None)
