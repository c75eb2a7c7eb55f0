"""Who may manage people and keys, and of which organisations: a person whose office says so, never a kind of office.

A manager of 市食药安办 manages every organisation, one of a county's regulator or food-safety office those of the county.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from accounts.models import OfficeHolding, Organisation, User
from accounts.permissions import own_county
from accounts.rights import CITY_MANAGING, COUNTY_MANAGING
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal


def is_manager(actor: Actor) -> bool:
    """Tell whether the actor manages any organisation at all; the system's own command line manages all."""
    return actor.kind == ActorKind.SYSTEM or (actor.is_manager and _kind(actor) is not None)


def is_city_manager(actor: Actor) -> bool:
    """Tell whether the actor manages every organisation."""
    return actor.kind == ActorKind.SYSTEM or (actor.is_manager and _kind(actor) in CITY_MANAGING)


def manages(actor: Actor, organisation: Organisation) -> bool:
    """Tell whether the actor manages this organisation's people and keys."""
    if is_city_manager(actor):
        return True
    county = own_county(actor)
    return is_manager(actor) and county is not None and organisation.jurisdiction.county.pk == county.pk


def reach(actor: Actor) -> Q:
    """Return the condition on organisations that the actor manages them."""
    if not is_manager(actor):
        return Q(pk__in=())
    if is_city_manager(actor):
        return Q()
    county = own_county(actor)
    return Q(jurisdiction=county) | Q(jurisdiction__host=county)


def check_actor_is_manager(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor manages something."""
    if not is_manager(actor):
        raise PlanRefusal(
            _("账号、职务和密钥只能由管理员办理。"),
            clause="",
            code="not_a_manager",
            status=403,
            next_step=_("请联系本区县（市）食药安办、市场监管局或市食药安办的管理员。"),
        )


def check_actor_manages(actor: Actor, organisation: Organisation) -> None:
    """Raise a refusal (403) unless the actor manages this organisation."""
    check_actor_is_manager(actor)
    if not manages(actor, organisation):
        raise PlanRefusal(
            _("该单位不在您的管理范围内。"),
            clause="",
            code="organisation_not_managed",
            status=403,
            next_step=_("请由该区县（市）或市食药安办的管理员办理。"),
        )


def check_actor_manages_city(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor manages for the whole city."""
    if not is_city_manager(actor):
        raise PlanRefusal(
            _("大屏令牌只能由市食药安办的管理员办理。"),
            clause="",
            code="not_the_citys_manager",
            status=403,
            next_step=_("请联系市食药安办的管理员。"),
        )


def check_actor_manages_account(
    actor: Actor, user: User, holdings: Iterable[OfficeHolding], *, at: datetime
) -> None:
    """Raise a refusal (403) unless every office the account gives access to is managed by the actor.

    Whoever resets a password could act in all of them. Of a person without office, the former ones count.
    """
    check_not_oneself(actor, user)
    check_actor_is_manager(actor)
    known = list(holdings)
    concerned = [each for each in known if not each.has_ended(at)] or known
    if not (
        is_city_manager(actor) or (concerned and all(manages(actor, each.organisation) for each in concerned))
    ):
        raise PlanRefusal(
            _("此人还在您管理范围以外的单位任职，账号须由市食药安办的管理员办理。"),
            clause="",
            code="account_not_managed",
            status=403,
        )


def check_not_oneself(actor: Actor, user: User) -> None:
    """Raise a refusal (403) when a person would change their own rights."""
    if actor.ref == f"user:{user.pk}":
        raise PlanRefusal(
            _("不能办理本人的账号、职务和权限。"),
            clause="",
            code="own_rights",
            status=403,
            next_step=_("请由另一名管理员办理；本人的密码和二次验证在右上角菜单中修改。"),
        )


def check_office_may_manage(organisation: Organisation) -> None:
    """Raise a refusal unless this organisation's offices may carry management."""
    if OfficeKind(organisation.kind) not in CITY_MANAGING | COUNTY_MANAGING:
        raise PlanRefusal(
            _("管理员只能设在市食药安办和区县（市）的食药安办、市场监管局。"),
            clause="",
            code="not_a_managing_office",
        )


def _kind(actor: Actor) -> OfficeKind | None:
    """Return the kind of the actor's office if such an office may manage."""
    if actor.organisation is None:
        return None
    kind = OfficeKind(actor.organisation.kind)
    return kind if kind in CITY_MANAGING | COUNTY_MANAGING else None
