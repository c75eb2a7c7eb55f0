"""May this office read an incident's patients record by record, find two of them one, or learn who somebody is? (A12)"""

from collections.abc import Iterable
from functools import partial

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has, check_actor_may, is_city_wide, own_county
from accounts.rights import Right
from incidents.models import Case
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of


def check_actor_sees_cases(actor: Actor) -> None:
    """Raise a refusal (403) unless the office investigates patients or decides what belongs together."""
    if actor_has(actor, Right.READ_PATIENTS) or actor_has(actor, Right.DECIDE_JOIN):
        return
    raise PlanRefusal(
        _("病例清单只供调查患者的部门和判断重复病例的部门查看。"),
        clause="5.1(3)",
        code="cases_are_investigators",
        status=403,
        next_step=_("发病人数见事故页面。"),
    )


def county_of(case: Case) -> int | None:
    """Return the county of the hospital that sent a record; its fact and source are loaded."""
    return case.fact.source.jurisdiction.county.pk if case.fact.source else None


def is_for(actor: Actor, case: Case) -> bool:
    """Tell whether a record is of a hospital in the actor's county; a city office sees all, masked."""
    county = own_county(actor)
    return is_city_wide(actor) or (county is not None and county_of(case) == county.pk)


def check_actor_decides_pair(actor: Actor, first: Case, second: Case) -> None:
    """Raise a refusal (403) unless the office may decide about both records."""
    for case in (first, second):
        check_actor_may(actor, Right.DECIDE_JOIN, counties={county_of(case) or 0})


def check_actor_unmasks(actor: Actor, case: Case) -> None:
    """Raise a refusal (403) unless the office may learn who this patient is."""
    check_actor_may(actor, Right.READ_PATIENTS, counties={county_of(case) or 0})


def sees_every_case(actor: Actor, hospitals: Iterable[Organisation]) -> bool:
    """Tell whether an office may read every record these hospitals sent: small numbers of them are its to see."""
    if refusal_of(partial(check_actor_sees_cases, actor)):
        return False
    own = own_county(actor)
    return is_city_wide(actor) or all(each.jurisdiction.county == own for each in hospitals)
