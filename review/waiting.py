"""What of 7.2 waits for an office on its first page: a summary to write, papers to confirm, improvements to make or to judge."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from aftermath.models import Finish
from plan.papers import CLAUSE, PaperKind
from response.desk.todo import ToDo
from review.models import ImprovementStage, PaperDispatch, SignedPaper
from review.selectors import improvements_for


def review_waiting(actor: Actor, at: datetime) -> Iterator[ToDo]:
    """Yield what waits for the actor's office after incidents; four queries at most (7.2)."""
    yield from _summaries(actor)
    yield from _arrived(actor)
    yield from _improvements(actor, at)


def _summaries(actor: Actor) -> Iterator[ToDo]:
    """The regulator that declared the aftermath finished owes its summary, without a number of days (A40)."""
    if not actor_has(actor, Right.WRITE_SUMMARY):
        return
    written = SignedPaper.objects.filter(paper__kind=PaperKind.SUMMARY, paper__body=actor.organisation)
    owed = Finish.objects.filter(organisation=actor.organisation).exclude(
        incident__in=written.values("incident")
    )
    latest = {row.incident_id: row for row in owed.select_related("incident__place").order_by("pk")}
    for row in latest.values():
        yield ToDo(
            key=f"summary-{row.incident_id}",
            what=_("善后处置已结束，总结待签发"),
            url=reverse("review:papers", args=[row.incident.number]),
            since=row.declared_at,
            incident=row.incident,
            clause=CLAUSE,
        )


def _arrived(actor: Actor) -> Iterator[ToDo]:
    rows = PaperDispatch.objects.filter(recipient=actor.organisation, receipt__isnull=True)
    for row in rows.select_related("signed__incident__place", "signed__paper__body").order_by("pk"):
        yield ToDo(
            key=f"paper-{row.pk}",
            what=_("确认收到：%s") % PaperKind(row.signed.paper.kind).label_zh,
            url=reverse("review:paper", args=[row.signed.incident.number, row.signed.paper_id]),
            since=row.sent_at,
            incident=row.signed.incident,
            note=row.signed.paper.body.name,
            clause=CLAUSE,
        )


def _improvements(actor: Actor, at: datetime) -> Iterator[ToDo]:
    for each in improvements_for(actor):
        own, is_claimed = each.improvement, each.stage == ImprovementStage.CLAIMED
        # What one office reported as done waits for the other, and nothing else of it does.
        if (own.addressee == actor.organisation) == is_claimed:
            continue
        yield ToDo(
            key=f"improvement-{own.pk}",
            what=_("核验改进意见办理情况") if is_claimed else _("办理改进意见"),
            url=reverse("review:improvement", args=[own.pk]),
            since=own.proposed_at,
            incident=own.incident,
            note=own.addressee.name,
            clause=CLAUSE,
            is_late=each.is_overdue(at) and not is_claimed,
            is_house=own.due_on is not None,
        )
