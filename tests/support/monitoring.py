"""Observations, hazards and warnings for tests, made by the actions that make real ones."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from accounts.actions.users import create_user
from accounts.actors import SYSTEM, Actor
from accounts.models import Jurisdiction, OfficeHolding, User
from incidents.models import Stage
from monitoring.actions.foods import list_risky_food
from monitoring.actions.hazards import find_hazard
from monitoring.actions.issuing import sign_warning
from monitoring.actions.observations import record_observations
from monitoring.actions.warnings import begin_warning, draft_bulletin
from monitoring.models import BulletinKind, Finding, FoodWarning, Hazard, RiskyFood
from monitoring.values import NewHazard, NewObservation, ObservationFate, WarningBasis, WarningText
from plan.monitoring import Feed, LiftGround, Stream
from tests.support.people import actor, office_for, organisation
from tests.support.reports import NOON, YINZHOU

REGULATOR = f"{YINZHOU}-regulator"
HEALTH = f"{YINZHOU}-health"
GOVERNMENT = f"{YINZHOU}-gov"


def area(code: str = YINZHOU) -> Jurisdiction:
    """One area of the reference data."""
    return Jurisdiction.objects.select_related("host").get(code=code)


def observation(number: int, **more: Any) -> NewObservation:
    """A failed sample of the county, unless something else is said."""
    said: dict[str, Any] = {
        "feed": Feed.SAMPLING,
        "stream": Stream.HARMFUL_FACTOR,
        "area": area(),
        "occurred_at": NOON,
        "reference": f"CJ-{number}",
        "food": "凉拌海蜇",
        "stage": Stage.CONSUMPTION,
        "factor": "副溶血性弧菌",
        "finding": Finding.UNQUALIFIED,
    }
    return NewObservation(**(said | more))


def observe(*stated: NewObservation, office: str = REGULATOR, at: datetime = NOON) -> list[ObservationFate]:
    """An office records these observations."""
    return record_observations(observations=stated, by=actor(office), at=at)


def hazard(*, at: datetime = NOON, office: str = REGULATOR, **more: Any) -> Hazard:
    """A hazard that the county's regulator has just found."""
    said: dict[str, Any] = {
        "title": "海蜇检出致病菌",
        "stream": Stream.DISEASE,
        "area": area(),
        "found_at": at,
    }
    return find_hazard(hazard=NewHazard(**(said | more)), by=actor(office), at=at)


def text(**more: Any) -> WarningText:
    """What a warning of the county says, to its health office and the public."""
    said: dict[str, Any] = {
        "headline": "谨慎食用凉拌海蜇",
        "harm": "可致急性胃肠炎",
        "trend": "近期可能继续出现",
        "advice": "暂停食用和销售凉拌海蜇",
        "stream": Stream.DISEASE,
        "food": "凉拌海蜇",
        "areas": (area(),),
        "departments": (organisation(HEALTH), organisation(GOVERNMENT)),
        "is_public": True,
    }
    return WarningText(**(said | more))


def drafted(
    *, at: datetime = NOON, office: str = REGULATOR, is_drill: bool = False, **more: Any
) -> FoodWarning:
    """A warning that somebody of an issuer has written."""
    basis = WarningBasis(is_drill=is_drill)
    return begin_warning(text=text(**more), basis=basis, by=colleague(office), at=at)


def colleague(office: str) -> Actor:
    """Another person of the same office: who writes a warning does not sign it."""
    name = f"colleague-{office}"
    user = User.objects.filter(username=name).first() or create_user(
        username=name, display_name=f"同事 {office}", by=SYSTEM, at=NOON
    )
    held = OfficeHolding.objects.filter(user=user).first() or office_for(user, office)
    rows = OfficeHolding.objects.select_related("user", "organisation__jurisdiction__host")
    return Actor.in_office(rows.get(pk=held.pk))


def issued(*, at: datetime = NOON, offices: Sequence[str] = (REGULATOR,), **more: Any) -> FoodWarning:
    """A warning that every issuer has signed."""
    partners = tuple(organisation(code) for code in offices[1:])
    warning = drafted(at=at, office=offices[0], partners=partners, **more)
    for code in offices:
        sign_warning(warning=warning, by=actor(code), at=at)
    return FoodWarning.objects.get(pk=warning.pk)


def go_on(warning: FoodWarning, kind: BulletinKind, *, at: datetime, **more: Any) -> FoodWarning:
    """What is said next of a warning, written and signed by its issuer."""
    office = warning.organisation.code
    lifting = (
        {"ground": LiftGround.CONTROLLED, "judgement": "三日无新发病例"} if kind == BulletinKind.LIFT else {}
    )
    draft_bulletin(warning=warning, kind=kind, text=text(**(lifting | more)), by=colleague(office), at=at)
    sign_warning(warning=warning, by=actor(office), at=at)
    return FoodWarning.objects.get(pk=warning.pk)


def risky_food(*, at: datetime = NOON) -> RiskyFood:
    """A food on the county's register."""
    return list_risky_food(
        food="毛蚶",
        stage=Stage.TRADE,
        area=area(),
        risk="易带甲肝病毒",
        supervision="每周抽检",
        by=actor(REGULATOR),
        at=at,
    )


def watched_for_doors(*, at: datetime) -> dict[str, int]:
    """A hazard, a warning in force and a food of the doors' county, by the addresses of what may be done about them."""
    found, warning, food = hazard(at=at), issued(at=at, is_public=False), risky_food(at=at)
    observe(observation(1, occurred_at=at), at=at)
    hazards = ("hazard", "control_hazard", "tell_of_hazard", "withdraw_hazard", "report_hazard")
    acts = (
        *("warning", "draft_bulletin", "drop_draft", "sign_warning", "confirm_warning"),
        *("answer_warning", "report_warning", "notice_file", "cap_file"),
    )
    return {
        **{f"monitoring:{name}": found.pk for name in hazards},
        **{f"monitoring:{name}": warning.pk for name in acts},
        "monitoring:strike_food": food.pk,
    }
