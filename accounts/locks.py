"""The rows an act on people takes before it decides: the person first, then offices by id."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.managers import check_actor_manages, check_actor_manages_account, check_not_oneself
from accounts.models import OfficeHolding, User
from accounts.selectors import lasting_managers_of
from plan.refusal import PlanRefusal


def lock_account(user: User, by: Actor, at: datetime) -> User:
    """Return the account locked; a refusal (403) unless the actor manages all of it and is not that person."""
    check_not_oneself(by, user)
    locked = User.objects.select_for_update().get(pk=user.pk)
    holdings = locked.holdings.select_related("organisation__jurisdiction__host")
    check_actor_manages_account(by, locked, holdings, at=at)
    return locked


def lock_office(holding: OfficeHolding, by: Actor) -> OfficeHolding:
    """Return the office locked, its person first; a refusal (403) unless the actor manages it and is not that person."""
    check_not_oneself(by, User.objects.select_for_update().get(pk=holding.user_id))
    rows = OfficeHolding.objects.select_for_update(of=("self",))
    locked = rows.select_related("user", "organisation__jurisdiction__host").get(pk=holding.pk)
    check_actor_manages(by, locked.organisation)
    return locked


def check_managers_remain(holding: OfficeHolding, at: datetime) -> None:
    """Raise a refusal when nobody would be left to manage this office's organisation; takes the managers' rows."""
    others = lasting_managers_of(holding.organisation).exclude(user=holding.user_id)
    if not others.select_for_update(of=("self",)).order_by("pk"):
        raise PlanRefusal(
            _("这是最后一名管理员，不能撤销。"),
            clause="",
            code="last_manager",
            status=409,
            next_step=_("请先指定另一名长期任职的管理员。"),
        )
