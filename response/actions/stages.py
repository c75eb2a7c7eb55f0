"""Keep the table of which city regulator answers for which stage of the food chain (3.4.2, A36)."""

from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import Entry, record
from incidents.models import Stage
from response.models import StageRegulator


@transaction.atomic
def keep_stage_regulator(
    *, stage: Stage, organisation: Organisation, by: Actor, at: datetime
) -> StageRegulator:
    """Say which city body regulates a stage; 市食药安办 keeps the table, the plan prints none (3.4.2, A36)."""
    check_actor_may(by, Right.NAME_BEARERS)
    kept, _made = StageRegulator.objects.update_or_create(
        stage=stage, defaults={"organisation": organisation, "set_by": by.ref, "set_at": at}
    )
    record(
        Entry(
            chain="system",
            action="response.keep_stage_regulator",
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"stage:{stage}",
            payload={"organisation": organisation.code},
        )
    )
    return kept
