"""The register of high-risk foods by stage (4.1(a))."""

import uuid
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Jurisdiction
from incidents.models import Stage
from monitoring.models import RiskyFood
from monitoring.permissions import check_actor_can_monitor
from monitoring.policies import check_says_what
from plan.refusal import PlanRefusal
from reporting.public_record import take_turns


@transaction.atomic
def list_risky_food(
    *,
    food: str,
    stage: Stage,
    area: Jurisdiction,
    risk: str,
    supervision: str,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> RiskyFood:
    """Put a food of high risk on the register at one stage, with how it is supervised (4.1(a)); sent twice, it is one."""
    office = check_actor_can_monitor(by, area)
    take_turns(f"risky-food:{area.pk}")
    before = RiskyFood.objects.filter(form_token=form_token).first() if form_token else None
    if before is not None:
        return before
    for said in (food, risk, supervision):
        check_says_what(said, "4.1")
    if RiskyFood.objects.filter(food=food, stage=stage, area=area, struck_at__isnull=True).exists():
        raise PlanRefusal(
            _("这种食品在该环节已经列入。"), clause="4.1", code="food_listed_already", status=409
        )
    row = RiskyFood(food=food, stage=stage, area=area, risk=risk, supervision=supervision)
    row.organisation, row.listed_at, row.listed_by = office, at, by.ref
    row.form_token = form_token or row.form_token
    row.save(force_insert=True)
    write_down("monitoring.list_risky_food", f"org:{office.code}", by, at, food=row.pk)
    return row


@transaction.atomic
def strike_risky_food(*, food: RiskyFood, reason: str, by: Actor, at: datetime) -> RiskyFood:
    """Take a food off the register, with a reason (4.1(a)); it stays to be seen as struck."""
    row = RiskyFood.objects.select_for_update(of=("self",)).select_related("area__host").get(pk=food.pk)
    office = check_actor_can_monitor(by, row.area)
    check_says_what(reason, "4.1")
    if row.struck_at is not None:
        raise PlanRefusal(_("已经移出目录。"), clause="4.1", code="food_struck_already", status=409)
    row.struck_at, row.struck_by, row.struck_reason = at, by.ref, reason
    row.save()
    write_down("monitoring.strike_risky_food", f"org:{office.code}", by, at, food=row.pk)
    return row
