"""What is owed about an incident's response, by whom and since when: asked for, to be consented to, papered, reported."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.models import Incident
from plan.authority import CONSENT_WAITS, PAPER_WAITS
from reporting.house_targets import HouseClock, house_clock, targets
from response.doings.doing import Target
from response.models import DataRequest, ResponseDuty, ResponseState, Urging
from response.policies.rounds import clause_of
from response.selectors.groups import due_of, groups_of
from response.waiting import ANSWERS


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing owed; `due_at` is None where neither the plan nor anybody set a time, and it is never late then.

    slug and pk: the act that settles it, for the organisation `of` (its id), 0 for whoever it turns out to be.
    house: the house's own target, where it set one, never the plan's (A19). urge: the decision of which somebody may be reminded by
    hand, 0 for none; `urged` is the last reminder.
    """

    what: str
    who: str
    clause: str
    since: datetime
    due_at: datetime | None = None
    is_late: bool = False
    slug: str = ""
    pk: int = 0
    of: int = 0
    house: HouseClock | None = None
    urge: int = 0
    urged: Urging | None = None


def owings(target: Target, *, requests: Iterable[DataRequest], duties: Iterable[ResponseDuty]) -> list[Owing]:
    """Return everything owed, what is late first, then what has waited longest (3.4, 6.1, 6.2, 6.4, A59)."""
    known = targets()
    found = [
        *_asked(requests, target.at),
        *_waited_for(target, known),
        *_duties(duties),
        *_reports(target.incident, target.at),
    ]
    timed = [
        replace(each, house=each.house or house_clock(known, each.clause, start=each.since, until=target.at))
        for each in found
    ]
    return sorted(timed, key=lambda each: (not each.is_late, each.since))


def _asked(requests: Iterable[DataRequest], at: datetime) -> Iterator[Owing]:
    for row in requests:
        if row.answered_at is None:
            yield Owing(
                row.what,
                row.department.name,
                "6.1",
                row.asked_at,
                row.due_at,
                is_late=row.is_late(at),
                slug="answer-data",
                pk=row.pk,
                of=row.department_id,
            )


def _waited_for(target: Target, known: Mapping[str, int]) -> Iterator[Owing]:
    """Answers and papers, with the house's own target where it has set one (A19, A59)."""
    urged = _urged(target)
    for wait in target.waits:
        one = wait.decision
        house = house_clock(known, wait.duty, start=wait.since, until=target.at)
        slugs = {CONSENT_WAITS: "answer-activation", PAPER_WAITS: "paper"}
        is_consent = wait.duty == CONSENT_WAITS
        yield Owing(
            wait.what,
            wait.to.name,
            clause_of(one.act),
            wait.since,
            slug=slugs.get(wait.duty) or ANSWERS[one.act, one.step],
            pk=0 if is_consent else one.pk,
            of=wait.to.pk,
            house=house,
            urge=one.pk,
            urged=urged.get(one.pk),
        )


def _urged(target: Target) -> dict[int, Urging]:
    rows = Urging.objects.filter(decision__incident__in=target.family).order_by("pk")
    return {row.decision_id: row for row in rows}


def _duties(duties: Iterable[ResponseDuty]) -> Iterator[Owing]:
    for duty in duties:
        if duty.settled_at is None:
            yield Owing(duty.get_code_display(), duty.bearer.name, duty.clause, duty.opened_at)


def _reports(incident: Incident, at: datetime) -> Iterator[Owing]:
    running = groups_of(incident).filter(
        headquarters__response__state=ResponseState.ACTIVE, stood_down_at__isnull=True
    )
    for due in due_of(running):
        if due.due_at is not None and due.is_overdue(at):
            lead = due.group.lead or due.group.headquarters.office
            what = _("%s的工作报告") % due.group.name
            yield Owing(what, lead.name, "3.4", due.due_at, due.due_at, is_late=True)
