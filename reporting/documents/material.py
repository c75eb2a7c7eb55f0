"""What is on record when a report is drafted or signed, read once (5.1(8), 5.2)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Q, When

from accounts.models import Organisation
from accounts.selectors import display_names
from incidents.counting import count
from incidents.models import AssessmentRecord, Fact, FactKind, Incident, InvolvedCounty, LevelConfirmation
from incidents.selectors import current_facts, family_ids, latest_assessment
from reporting.documents.wording import in_chinese
from reporting.models import (
    Document,
    DocumentKind,
    LegCode,
    OralExplanation,
    Report,
    ReportState,
    SignedDocument,
)
from reporting.selectors import legs

PEOPLE = (FactKind.ILLNESS, FactKind.INPATIENTS, FactKind.SEVERE, FactKind.DEATHS, FactKind.EXPOSED)
# What apps above know and a report also says, by field: measures taken, the response's level; `config.wiring` fills it.
SAID_ABOVE: list[Callable[[Incident], Mapping[str, str]]] = []


@dataclass(frozen=True, slots=True)
class Figures:
    """The numbers of people on record, by kind of fact, and the time up to which the newest holds."""

    numbers: Mapping[str, int]
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Material:
    """The facts that stand, the reports they came in, the level, and the report signed before by the same bearer.

    taker: who entered the first report, for the office that took it; nobody where a hospital's system sent it.
    late_min: whole minutes the written report is past its limit by now (5.1(8)); explained: why, as told beforehand (A23).
    """

    incident: Incident
    facts: Sequence[Fact]
    figures: Figures
    counties: Sequence[str]
    report: Report | None
    taker: str
    note: str
    assessment: AssessmentRecord | None
    confirmation: LevelConfirmation | None
    before: SignedDocument | None
    late_min: int
    explained: str
    above: Mapping[str, str]

    @property
    def fact_ids(self) -> list[int]:
        """The ids of the facts that stand."""
        return [fact.pk for fact in self.facts]

    def latest(self, kind: FactKind) -> Fact | None:
        """The statement of a kind that holds, by as-of time (A48)."""
        own = [fact for fact in self.facts if fact.kind == kind]
        return max(own, key=lambda fact: (fact.as_of, fact.pk), default=None)


@in_chinese
def material(incident: Incident, document: Document, at: datetime) -> Material:
    """Read what a report can be made from; `incident` is the whole that its own is part of (5.1(8), A12, A56)."""
    bearer = document.bearer
    family = family_ids(incident)
    facts = list(current_facts(family))
    reports = Report.objects.filter(incident__in=family, state=ReportState.ACCEPTED)
    ours = list(reports.select_related("organisation").order_by("received_at", "pk"))
    involved = InvolvedCounty.objects.filter(incident__in=family).select_related("county").order_by("pk")
    explained = OralExplanation.objects.filter(incident__in=family, bearer=bearer).order_by("pk").first()
    return Material(
        incident=incident,
        facts=facts,
        figures=_figures(facts),
        counties=list(dict.fromkeys(row.county.name for row in involved)),
        report=ours[0] if ours else None,
        taker=next(iter(display_names(each.submitted_by for each in ours[:1]).values()), ""),
        note=next((report.note for report in reversed(ours) if report.note), ""),
        assessment=latest_assessment(incident),
        confirmation=incident.confirmations.select_related("organisation").order_by("-pk").first(),
        before=_signed_before(family, document),
        late_min=_late_min(incident, bearer, at),
        explained=explained.reason if explained else "",
        above={name: text for said in SAID_ABOVE for name, text in said(incident).items()},
    )


def _signed_before(family: Sequence[int], document: Document) -> SignedDocument | None:
    """Return the report that a 续报 goes on from: the 续报 before it, or the 初报; of each the newest version."""
    if document.kind != DocumentKind.FOLLOW_UP:
        return None
    earlier = Q(document__kind=DocumentKind.FIRST) | Q(
        document__kind=DocumentKind.FOLLOW_UP, document__serial__lt=document.serial
    )
    signed = SignedDocument.objects.filter(
        earlier, incident__in=family, document__bearer=document.bearer, replaced_by__isnull=True
    )
    is_first = Case(When(document__kind=DocumentKind.FIRST, then=1), default=0)
    return signed.order_by(is_first, "-document__serial", "-pk").first()


def _figures(facts: Sequence[Fact]) -> Figures:
    counted = {kind.value: count(facts, kind) for kind in PEOPLE}
    used = {pk for found in counted.values() if found for pk in found.fact_ids}
    as_of = max((fact.as_of for fact in facts if fact.pk in used), default=None)
    return Figures({kind: found.value for kind, found in counted.items() if found}, as_of)


def _late_min(incident: Incident, bearer: Organisation, at: datetime) -> int:
    written = [
        leg
        for leg in legs([incident.pk], at)
        if leg.bearer == bearer and leg.obligation.leg == LegCode.WRITTEN
    ]
    return max((leg.verdict.late_min for leg in written if leg.verdict.is_owed), default=0)
