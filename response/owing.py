"""What is owed about an incident's response, by whom and since when: asked for, to be consented to, papered, reported."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.translation import gettext as _

from incidents.models import Incident
from plan.authority import Act
from plan.levels import ResponseLevel
from reporting.house_targets import HouseClock, house_clock
from response.doings.doing import Target
from response.models import DataRequest, Decision, ResponseDuty, ResponseState
from response.policies.rounds import ACTIVATIONS, clause_of, papers_owed, unanswered_applications
from response.selectors.groups import due_of, groups_of
from response.waiting import ANSWERS


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing owed; `due_at` is None where neither the plan nor anybody set a time, and it is never late then.

    slug and pk: the act that settles it, for the organisation `of` (its id), 0 for whoever it turns out to be; house: the
    house's own target where the plan says 立即 or 及时, None while it is off (A19).
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


def owings(
    target: Target,
    level: ResponseLevel,
    *,
    waiting: Iterable[Decision],
    requests: Iterable[DataRequest],
    duties: Iterable[ResponseDuty],
    targets: Mapping[str, int],
) -> list[Owing]:
    """Return everything owed, what is late first, then what has waited longest (3.4, 6.1, 6.2, 6.4, A59)."""
    found = [
        *_asked(requests, target.at),
        *_consents(level, target.decisions, waiting),
        *_papers(target.decisions),
        *_duties(duties),
        *_reports(target.incident, target.at),
    ]
    timed = [
        replace(each, house=house_clock(targets, each.clause, start=each.since, until=target.at))
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


def _consents(
    level: ResponseLevel, decisions: Sequence[Decision], waiting: Iterable[Decision]
) -> Iterator[Owing]:
    """The government's answer to an application, the commander's to a proposal, headquarters' to an adjustment."""
    for applied in unanswered_applications(decisions):
        if applied.act == ACTIVATIONS[level]:
            yield Owing(_("对启动申请的答复"), _("市政府"), clause_of(applied.act), applied.recorded_at)
    for one in waiting:
        who = _("应急指挥部") if one.act in {Act.ADJUST, Act.WORK_REPORT} else _("总指挥")
        what = _("对“%s”的答复") % one.get_act_display()
        slug = ANSWERS[one.act, one.step]
        yield Owing(what, who, clause_of(one.act), one.recorded_at, slug=slug, pk=one.pk)


def _papers(decisions: Sequence[Decision]) -> Iterator[Owing]:
    for one in papers_owed(decisions):
        what = _("“%s”的书面文件（口头在先）") % one.get_act_display()
        owing = Owing(what, one.organisation.name, clause_of(one.act), one.given_at)
        yield replace(owing, slug="paper", pk=one.pk, of=one.organisation_id)


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
