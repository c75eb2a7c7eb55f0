"""Judge what made people ill: an agent of the plan's table or another, and how long to wait after the last case (A33)."""

from datetime import datetime
from decimal import Decimal

from django.db import transaction

from accounts.actors import Actor
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from incidents.policies import check_is_open
from response.actions.deciding import lock_whole, write_down
from response.models import AgentFinding
from response.policies.patients import check_agent

# As the column holds it, so that the row is sealed as it is read back.
CENTI = Decimal("0.01")


@transaction.atomic
def find_agent(
    *,
    incident: Incident,
    agent: str = "",
    other: str = "",
    incubation_h: int | None = None,
    last_exposure_at: datetime | None = None,
    expert: str = "",
    by: Actor,
    at: datetime,
) -> AgentFinding:
    """Judge the agent (6.4.2(1), A33); the latest finding holds, one with neither agent nor figure says it is unknown.

    expert: who confirms the table's longest incubation, or sets another (hours), or counts from the last exposure.
    Refused: without the right (403), on a closed incident (409), for what can't be (422).
    """
    incident = lock_whole(incident)
    office = check_actor_may_with(by, Right.RECORD_FACT, incident)
    check_is_open(incident)
    finding = AgentFinding(
        incident=incident,
        agent=agent,
        other=other.strip(),
        incubation_h=None if incubation_h is None else Decimal(incubation_h).quantize(CENTI),
        last_exposure_at=last_exposure_at,
        expert=expert,
        organisation=office,
        found_by=by.ref,
        found_at=at,
    )
    check_agent(finding, at)
    finding.save(force_insert=True)
    write_down(incident=incident, action="response.find_agent", rows=[finding], by=by, at=at)
    return finding
