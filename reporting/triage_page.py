"""What the triage shows: the list of public reports, and one of them with all that was said and shown."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Count, Max, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.models import PublicPassing, PublicPhoto, PublicReport, PublicStatement
from reporting.public_choices import PublicState
from reporting.public_policies import check_is_waiting
from reporting.public_words import words_of
from reporting.triage_permissions import (
    check_actor_can_read_contact,
    check_actor_can_see,
    check_actor_can_triage,
    listed_reports,
)

PER_PAGE = 25
WAITING = (PublicState.RECEIVED, PublicState.IN_TRIAGE)
SAID = (
    "occurred_earliest",
    "occurred_latest",
    "discovered_at",
    "place_text",
    "illness_count",
    "suspect_food",
)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement, its words in clear."""

    row: PublicStatement
    words: str


@dataclass(frozen=True, slots=True)
class TriagePage:
    """One public report as the regulator sees it; the refusals say why an act is not offered."""

    report: PublicReport
    said: dict[str, Any]
    statements: list[Statement]
    photos: list[PublicPhoto]
    passings: list[PublicPassing]
    has_contact: bool
    no_act: PlanRefusal | None
    no_contact: PlanRefusal | None


def triage_list(actor: Actor, *, decided: bool, page: str | None) -> Page[Any]:
    """Return a page of what waits, the held ones last; or of what was decided, the latest first."""
    rows = listed_reports(actor).select_related("county", "area", "incident")
    rows = rows.annotate(said_at=Max("statements__said_at"), photo_count=Count("photos", distinct=True))
    if decided:
        rows = rows.exclude(state__in=WAITING).order_by("-decided_at", "-pk")
    else:
        rows = rows.filter(state__in=WAITING).order_by("is_held", "received_at", "pk")
    return Paginator(rows, PER_PAGE).get_page(page)


def held_count(actor: Actor) -> int:
    """Return how many reports wait that were set aside as a flood."""
    waiting: QuerySet[PublicReport] = listed_reports(actor).filter(state__in=WAITING, is_held=True)
    return waiting.count()


def public_report_for(actor: Actor, pk: int) -> PublicReport:
    """Return a public report that the actor's office may open; a refusal (404) that reads the same whether there is one."""
    rows = listed_reports(actor).select_related("county", "filed_in", "area__host", "incident", "report")
    found = rows.filter(pk=pk).first()
    if found is None:
        raise PlanRefusal(
            _("没有这份公众报告，或不在您单位的管辖范围内。"),
            clause="5.1",
            code="public_report_not_found",
            status=404,
            next_step=_("请从公众报告清单进入。"),
        )
    check_actor_can_see(actor, found)
    return found


def triage_page(report: PublicReport, actor: Actor) -> TriagePage:
    """Return everything the regulator is shown of a public report, who sent it apart (5.1(4))."""
    statements = list(report.statements.select_related("report").order_by("-said_at", "-pk"))
    return TriagePage(
        report=report,
        said=_latest(statements),
        statements=[Statement(row, words_of(row)) for row in statements],
        photos=list(report.photos.order_by("pk")),
        passings=list(report.passings.select_related("from_county", "to_county").order_by("pk")),
        has_contact=any(row.contact for row in statements),
        no_act=refusal_of(lambda: check_actor_can_triage(actor, report))
        or refusal_of(lambda: check_is_waiting(report)),
        no_contact=refusal_of(lambda: check_actor_can_read_contact(actor, report)),
    )


def latest_said(report: PublicReport) -> dict[str, Any]:
    """Return each thing as it was said last; what was never said is empty."""
    return _latest(report.statements.order_by("-said_at", "-pk"))


def _latest(statements: Iterable[PublicStatement]) -> dict[str, Any]:
    rows = list(statements)
    return {
        name: next((value for row in rows if (value := getattr(row, name)) not in {None, ""}), None)
        for name in SAID
    }
