"""Whose answer or paper is waited for, and since when (6.2, 6.4, A59): the plan gives no hours for any of it."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Organisation
from incidents.models import IncidentStatus
from plan.authority import ADJUSTMENT_WAITS, CONSENT_WAITS, END_WAITS, PAPER_WAITS, Act
from plan.offices import OfficeKind
from reporting.clocks import MINUTE, to_minute
from response.models import CommanderAppointment, Decision, Response, ResponseState, Step
from response.policies.rounds import latest, papers_owed, this_round

CITY_ACTS = (Act.ACTIVATE_I, Act.ACTIVATE_II, Act.ACTIVATE_III)
# Each kind of matter that headquarters or their commander answer.
MATTERS = {
    (Act.WORK_REPORT, Step.SUBMIT),
    (Act.ADJUST, Step.APPLY),
    (Act.TERMINATE, Step.PROPOSE),
    (Act.TERMINATE_COUNTY, Step.PROPOSE),
}
_ENDS = {Act.TERMINATE, Act.TERMINATE_COUNTY}
_ASKED = (Step.APPLY, Step.PROPOSE, Step.SUBMIT)


@dataclass(frozen=True, slots=True)
class Wait:
    """One answer or paper that is waited for; `duty` is the place of the plan under which the house may set a target."""

    decision: Decision
    duty: str
    to: Organisation
    since: datetime

    @property
    def what(self) -> str:
        """What is waited for, in words."""
        if self.duty == CONSENT_WAITS:
            return _("对启动申请的答复")
        act = self.decision.get_act_display()
        return _("“%s”的书面文件（口头在先）") % act if self.duty == PAPER_WAITS else _("对“%s”的答复") % act


def matters_among(decisions: Iterable[Decision]) -> list[Decision]:
    """Return the applications, proposals and reports that wait for headquarters or their commander."""
    decisions = list(decisions)
    answered = {one.rests_on_id for one in decisions}
    return [
        one
        for one in decisions
        if (one.act, one.step) in MATTERS and one.response_id is not None and one.pk not in answered
    ]


def waits_among(decisions: Sequence[Decision]) -> list[Wait]:
    """Return everything of an incident that is waited for, each with who owes it."""
    return [*_consents(decisions), *_matters(decisions), *_papers(decisions)]


def _consents(decisions: Sequence[Decision]) -> Iterator[Wait]:
    """市政府's answer to the latest application to activate: silence is none (A59)."""
    ours = [one for one in this_round(decisions) if one.act in CITY_ACTS and one.paper_of_id is None]
    applied = next((one for one in reversed(ours) if one.step == Step.APPLY), None)
    if applied is None:
        return
    answer = latest(ours, applied.act, Step.APPROVE, Step.REJECT, Step.ACT)
    if answer is None or answer.pk < applied.pk:
        government = Organisation.objects.get(kind=OfficeKind.CITY_GOVERNMENT)
        yield Wait(applied, CONSENT_WAITS, government, applied.recorded_at)


def _matters(decisions: Sequence[Decision]) -> Iterator[Wait]:
    found = [(one, one.response) for one in matters_among(decisions) if one.response is not None]
    ends = [response for one, response in found if one.act in _ENDS]
    commanders = _commanders(ends) if ends else {}
    for one, response in found:
        body = response.headquarters.body
        if one.act in _ENDS:
            if response.state == ResponseState.ACTIVE:
                yield Wait(one, END_WAITS, commanders.get(response.pk, body), one.recorded_at)
        elif one.act == Act.WORK_REPORT or response.state == ResponseState.ACTIVE:
            yield Wait(one, ADJUSTMENT_WAITS, body, one.recorded_at)


def _commanders(responses: Iterable[Response]) -> dict[int, Organisation]:
    named = CommanderAppointment.objects.filter(headquarters__response__in=list(responses)).order_by("pk")
    rows = named.select_related("headquarters", "holding__organisation")
    return {each.headquarters.response_id: each.holding.organisation for each in rows}


def _papers(decisions: Sequence[Decision]) -> Iterator[Wait]:
    for one in papers_owed(decisions):
        yield Wait(one, PAPER_WAITS, one.organisation, one.given_at)


def intervals_over(since: datetime, minutes: int, at: datetime) -> int:
    """Return how many times the house's target has run out by now; its last minute is in time (A58)."""
    passed = to_minute(at) - to_minute(since) - MINUTE
    return max(0, passed // timedelta(minutes=minutes))


def may_be_late(at: datetime, minutes: int) -> QuerySet[Decision]:
    """Return the decisions of open incidents that may be waited on longer than so many minutes, and were not urged since."""
    answers = Decision.objects.filter(
        incident=OuterRef("incident"),
        act=OuterRef("act"),
        pk__gt=OuterRef("pk"),
        step__in=(Step.APPROVE, Step.REJECT, Step.ACT),
    )
    asked = Q(step__in=_ASKED, followed_by__isnull=True) & ~Q(Exists(answers))
    paper = Q(is_oral=True, paper__isnull=True)
    is_open = Q(incident__status=IncidentStatus.OPEN) | Q(incident__merged_into__status=IncidentStatus.OPEN)
    since = at - timedelta(minutes=minutes)
    found = Decision.objects.filter(is_open, asked | paper, given_at__lte=since)
    last = Max("urgings__urged_at", filter=Q(urgings__interval__isnull=False))
    urged = found.annotate(last=last).filter(Q(last__isnull=True) | Q(last__lte=since))
    return urged.select_related("incident").order_by(F("given_at"), "pk")
