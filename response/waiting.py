"""What waits for headquarters or their commander: work reports, adjustments, ends (3.1, 6.4)."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Page, Paginator

from accounts.actors import Actor
from incidents.selectors import visible_incidents
from plan.authority import Act
from response.models import Decision, ResponseState, Step
from response.selectors.waits import matters_among

PER_PAGE = 25
# Each kind of matter, and the place in the address where it is answered.
ANSWERS: dict[tuple[str, str], str] = {
    (Act.WORK_REPORT, Step.SUBMIT): "decide-report",
    (Act.ADJUST, Step.APPLY): "decide-adjustment",
    (Act.TERMINATE, Step.PROPOSE): "answer-end",
    (Act.TERMINATE_COUNTY, Step.PROPOSE): "answer-end",
}


@dataclass(frozen=True, slots=True)
class Waiting:
    """One matter: since when it waits is when it was entered."""

    decision: Decision
    slug: str

    @property
    def title(self) -> str:
        """The title of a work report, nothing for others."""
        return str(self.decision.findings.get("title", "")) if self.decision.step == Step.SUBMIT else ""


def waiting_among(decisions: Iterable[Decision]) -> list[Waiting]:
    """Return those of an incident's decisions that wait, the longest first."""
    return [Waiting(one, ANSWERS[one.act, one.step]) for one in matters_among(decisions)]


def waiting_for(actor: Actor, number: str) -> tuple[Page[Decision], list[Waiting]]:
    """Return a page of what waits in the incidents an actor sees, the longest first."""
    running = Decision.objects.filter(response__state=ResponseState.ACTIVE) | Decision.objects.filter(
        act=Act.WORK_REPORT
    )
    found = running.filter(
        incident__in=visible_incidents(actor),
        response__isnull=False,
        followed_by=None,
        act__in={act for act, _step in ANSWERS},
        step__in={step for _act, step in ANSWERS},
    )
    found = found.select_related(
        "incident", "organisation", "response__county", "response__headquarters__body"
    )
    page = Paginator(found.order_by("recorded_at", "pk"), PER_PAGE).get_page(number)
    return page, [Waiting(one, ANSWERS[one.act, one.step]) for one in page.object_list]
