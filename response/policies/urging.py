"""May somebody be reminded of this? (A59)"""

from collections.abc import Iterable
from typing import Protocol, TypeVar

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from plan.refusal import PlanRefusal
from response.models import Decision
from response.policies.rounds import clause_of


class Waited(Protocol):
    """What is waited for, and from whom."""

    @property
    def decision(self) -> Decision: ...

    @property
    def to(self) -> Organisation: ...


Wait = TypeVar("Wait", bound=Waited)


def check_can_urge(decision: Decision, waits: Iterable[Wait], by: Actor) -> Wait:
    """Return what is waited for; a refusal (409) where nothing is, or to who owes it (A59)."""
    wait = next((each for each in waits if each.decision.pk == decision.pk), None)
    if wait is None:
        raise PlanRefusal(
            _("这一项已有答复，或不欠书面文件。"),
            clause=clause_of(decision.act),
            code="nothing_waited_for",
            status=409,
        )
    if by.organisation is not None and by.organisation.pk == wait.to.pk:
        raise PlanRefusal(
            _("这一项由本单位办理，请直接办理。"),
            clause=clause_of(decision.act),
            code="own_answer",
            status=409,
        )
    return wait
