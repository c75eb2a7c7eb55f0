"""Declare the aftermath finished, with what goes on all the same (7.1, 7.2)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from aftermath.models import Finish
from aftermath.permissions import check_actor_finishes
from aftermath.policies.finishing import (
    check_can_finish,
    check_saw_what_is_open,
    check_says_how_it_went,
)
from aftermath.selectors.costs import costs_by_kind
from aftermath.selectors.finishing import last_finish, regulators_in_charge
from aftermath.selectors.open_items import OpenItem, open_items
from incidents.models import Incident
from response.actions.deciding import lock_whole, tell, watchers, write_down
from response.selectors.running import responses_of


@transaction.atomic
def declare_aftermath_finished(
    *, incident: Incident, statement: str, open_shown: int, by: Actor, at: datetime
) -> Finish:
    """Declare the aftermath finished; what is open is carried over: it stays open, to be seen and chased (7.1, 7.2).

    open_shown: how many open items the person was shown. Refused: by another than the food-safety regulator in charge (403),
    while a response runs or is to come, declared since the last end, or with other items open than shown (409), without
    a statement (422).
    """
    whole = lock_whole(incident)
    office = check_actor_finishes(by, whole, regulators_in_charge(whole))
    check_can_finish(whole, list(responses_of(whole)), last_finish(whole))
    check_says_how_it_went(statement)
    still_open = open_items(whole)
    check_saw_what_is_open(open_shown, len(still_open))
    sums = costs_by_kind(whole)
    finish = Finish.objects.create(
        incident=whole,
        statement=statement,
        carried=[item.frozen() for item in still_open],
        costs={kind.value: {"owed": str(each.owed), "paid": str(each.paid)} for kind, each in sums.items()},
        organisation=office,
        declared_by=by.ref,
        declared_at=at,
    )
    payload = {"carried": [item.key for item in still_open]}
    write_down(
        incident=whole, action="aftermath.declare_finished", rows=[finish], payload=payload, by=by, at=at
    )
    _tell(whole, finish, still_open, by, at)
    return finish


def _tell(incident: Incident, finish: Finish, carried: Sequence[OpenItem], by: Actor, at: datetime) -> None:
    """Tell who hears of every act, and whose items go on (7.2: 结束后应及时组织总结)."""
    went_on = _("结转未了事项%d项，继续跟踪。") % len(carried) if carried else _("没有未了事项。")
    tell(
        incident=incident,
        about=finish,
        title=_("%s宣布善后处置工作结束") % finish.organisation.name,
        body=went_on + _("预案7.2：应及时组织有关单位进行总结。"),
        to=[*watchers(incident), *(item.entry.organisation.code for item in carried)],
        link=f"/incidents/{incident.number}/aftermath/",
        by=by,
        at=at,
    )
