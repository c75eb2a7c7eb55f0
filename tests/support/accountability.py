"""Suspicions for tests, raised by records that the actions made."""

from datetime import datetime

from incidents.models import Incident
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.models import Obligation
from response.selectors.accountability import prompts_of
from tests.support.people import actor
from tests.support.reports import minutes


def silent_operator(
    case: Incident, *, discovered_at: datetime, at: datetime, received_at: datetime | None = None
) -> Obligation:
    """An operator that discovered harm and has reported it to nobody, unless `received_at` is given."""
    return record_operator_report(
        incident=case,
        duty=OperatorDuty.OPERATOR,
        reporter="张记小吃店",
        discovered_at=discovered_at,
        received_at=received_at,
        receiver="陈值班" if received_at else "",
        by=actor("330212-regulator"),
        at=at,
    )


def suspected_for_doors(case: Incident, *, at: datetime) -> str:
    """How the address names the suspicion against an operator that let three hours pass."""
    silent_operator(case, discovered_at=at - minutes(180), at=at)
    (prompt,) = prompts_of(case, at)
    return prompt.slug
