"""How well offices report in form and in fact: what their reports of a period left open, and what was taken back (预案 5.1).

The plan asks for reports in due form and correct, and says of neither how it is measured: this is the house's reading.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from django.db import models
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.models import Jurisdiction, Organisation
from incidents.models import Fact, FactKind
from reporting.documents.wording import UNKNOWN
from reporting.models import DocumentKind, OpenDuty, Report, ReportKind, ReportState, SignedDocument
from reporting.timeliness import Asked, in_scope


class Form(models.TextChoices):
    """What is counted of reports in due form (规范性)."""

    REPORTS = "reports", _("报告")
    COMPLETE = "complete", _("时间、地点、人数齐全")
    SUPPLEMENTED = "supplemented", _("先缺后补齐")
    LACKING = "lacking", _("尚未补齐")
    WRITTEN = "written", _("书面报告")
    WHOLE = "whole", _("书面各项齐全")
    ALONE = "alone", _("一人拟稿并签发")


class Accuracy(models.TextChoices):
    """What is counted of reports that were correct (准确性)."""

    FACTS = "facts", _("所报事实")
    CORRECTED = "corrected", _("其中更正")
    TAKEN_BACK = "taken_back", _("其中撤回")
    WITHDRAWN = "withdrawn", _("撤回的报告")
    NEW_VERSIONS = "new_versions", _("书面更正版")


Counted = Form | Accuracy
# What comes by the public door is told by people who hold no office: by county, whoever took it up.
BY_PUBLIC: Final = _("公众")


@dataclass(frozen=True, slots=True)
class Quality:
    """One office's numbers."""

    name: str
    counts: Counter[Counted] = field(default_factory=Counter)

    @property
    def form(self) -> list[tuple[Form, int]]:
        """Each number of due form, in the order of the columns."""
        return [(each, self.counts[each]) for each in Form]

    @property
    def accuracy(self) -> list[tuple[Accuracy, int]]:
        """Each number of what was correct, in the order of the columns."""
        return [(each, self.counts[each]) for each in Accuracy]


def quality(asked: Asked) -> list[Quality]:
    """Return each office's numbers for the reports received, and the documents signed, on these days (预案 5.1, 5.2).

    Three queries beside one of areas, whatever there is.
    """
    areas = Jurisdiction.objects.select_related("host").in_bulk()
    reports = [each for each in _received(asked) if _is_of(each.organisation, asked, areas)]
    signed = [each for each in _signed(asked) if _is_of(each.document.bearer, asked, areas)]
    counts: dict[str, Counter[Counted]] = defaultdict(Counter)
    unknown, facts = _unknown(reports), _facts(reports)
    for report in reports:
        own = counts[_name(report, areas)]
        own += _of_report(report, unknown.get(report.pk, ()), facts.get(str(report.ref), ()))
    for document in signed:
        counts[document.document.bearer.name] += _of_document(document)
    return [Quality(name, counts[name]) for name in sorted(counts)]


def _received(asked: Asked) -> QuerySet[Report]:
    first, after = asked.span
    found = Report.objects.filter(received_at__gte=first, received_at__lt=after, **in_scope(asked.scope))
    return found.select_related("organisation").order_by("pk")


def _signed(asked: Asked) -> QuerySet[SignedDocument]:
    first, after = asked.span
    found = SignedDocument.objects.filter(signed_at__gte=first, signed_at__lt=after, **in_scope(asked.scope))
    return found.exclude(document__kind=DocumentKind.PHONE).select_related("document__bearer")


def _is_of(office: Organisation, asked: Asked, areas: Mapping[int, Jurisdiction]) -> bool:
    return asked.county is None or areas[office.jurisdiction_id].county == asked.county


def _name(report: Report, areas: Mapping[int, Jurisdiction]) -> str:
    if report.kind == ReportKind.PUBLIC:
        return f"{areas[report.organisation.jurisdiction_id].county.name} {BY_PUBLIC}"
    return report.organisation.name


def _unknown(reports: Sequence[Report]) -> dict[int, list[OpenDuty]]:
    """Return what each report said is unknown yet (5.2), by the report's id."""
    opened: dict[tuple[int, int, object], list[OpenDuty]] = defaultdict(list)
    for duty in OpenDuty.objects.filter(incident__in={each.incident_id for each in reports}):
        opened[duty.incident_id, duty.bearer_id, duty.opened_at].append(duty)
    return {
        each.pk: opened.get((each.incident_id, each.organisation_id, each.received_at), [])
        for each in reports
    }


def _facts(reports: Sequence[Report]) -> dict[str, list[Fact]]:
    """Return the facts that came in each report, and the rows that corrected them, by the report's reference."""
    by_ref: dict[str, list[Fact]] = defaultdict(list)
    for fact in Fact.objects.filter(report_ref__in=[str(each.ref) for each in reports]):
        by_ref[fact.report_ref].append(fact)
    return by_ref


def _of_report(report: Report, unknown: Sequence[OpenDuty], rows: Iterable[Fact]) -> Counter[Counted]:
    stated: dict[int, list[Fact]] = defaultdict(list)
    for row in rows:
        stated[row.statement_id].append(row)
    corrected = sum(_is_corrected(each, stated.values()) for each in stated.values())
    gone = sum(any(row.is_retraction for row in each) for each in stated.values())
    lacking = [duty for duty in unknown if duty.settled_at is None]
    return Counter(
        {
            Form.REPORTS: 1,
            Form.COMPLETE: int(not unknown),
            Form.SUPPLEMENTED: int(bool(unknown) and not lacking),
            Form.LACKING: int(bool(lacking)),
            Accuracy.FACTS: len(stated),
            Accuracy.CORRECTED: corrected,
            Accuracy.TAKEN_BACK: gone,
            Accuracy.WITHDRAWN: int(report.state == ReportState.WITHDRAWN),
        }
    )


def _is_corrected(statement: Iterable[Fact], all_stated: Iterable[Iterable[Fact]]) -> bool:
    """Say whether a statement was corrected itself, and not only moved in time along with the report's 事发 (A48)."""
    moved_at = {
        row.recorded_at
        for each in all_stated
        for row in each
        if row.kind == FactKind.OCCURRED and row.corrects_id
    }
    return any(
        row.corrects_id is not None
        and not row.is_retraction
        and (row.kind == FactKind.OCCURRED or row.recorded_at not in moved_at)
        for row in statement
    )


def _of_document(signed: SignedDocument) -> Counter[Counted]:
    is_whole = all(UNKNOWN not in field["text"] for field in signed.content["fields"])
    return Counter(
        {
            Form.WRITTEN: 1,
            Form.WHOLE: int(is_whole),
            Form.ALONE: int(bool(signed.alone_reason)),
            Accuracy.NEW_VERSIONS: int(signed.replaces_id is not None),
        }
    )
