"""May headquarters do this now? Each check raises the reason and its clause (3.1, 3.2, 3.5)."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.models import OfficeHolding, Organisation
from plan.authority import COORDINATION_PAIRS
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.models import (
    CommanderBasis,
    CoordinationRequest,
    DutyCode,
    Response,
    ResponseDuty,
    ResponseState,
    Track,
)

# Headquarters are the commission in another role (A29), so it is the commission's people who speak for them.
AS_HEADQUARTERS = {
    OfficeKind.COUNTY_COMMISSION: OfficeKind.COUNTY_HEADQUARTERS,
    OfficeKind.CITY_COMMISSION: OfficeKind.CITY_HEADQUARTERS,
}


def check_is_running(response: Response, clause: str) -> None:
    """Raise a refusal (409) unless the response runs."""
    if response.state != ResponseState.ACTIVE:
        raise PlanRefusal(
            _("这次应急响应%s。") % ResponseState(response.state).label,
            clause=clause,
            code="response_over",
            status=409,
            next_step=_("有新情况的，请重新评估。"),
        )


def check_can_settle(duty: ResponseDuty) -> None:
    """Raise a refusal (422) for the work group to the scene, which has a record of its own (6.2.1–6.2.3)."""
    if duty.code == DutyCode.SCENE_TEAM:
        raise PlanRefusal(_("派出工作组请登记工作组。"), clause=duty.clause, code="record_the_team")


def check_ends_by_itself(response: Response) -> None:
    """Raise a refusal (409) for a county's headquarters beside the city's response, with which it ends (3.5, 6.4.2)."""
    if response.beside_id is not None:
        raise PlanRefusal(
            _("市级应急响应进行中，县级应急指挥机构随市级响应终止。"),
            clause="6.4.2",
            code="ends_with_the_city",
            status=409,
            next_step=_("事发地县级政府可以建议终止市级应急响应。"),
        )


def check_can_stand_beside(
    city: Response | None, own: Response | None, county_id: int, harmed: Collection[int]
) -> Response:
    """Return the city's response a county's headquarters is to stand beside (3.5).

    A refusal unless one runs, the county has no headquarters yet (409) and people were harmed there (422).
    """
    if city is None:
        raise PlanRefusal(
            _("没有正在进行的市级应急响应；达到一般级别的，启动Ⅳ级应急响应即成立县级应急指挥机构。"),
            clause="3.5",
            code="no_city_response",
            status=409,
            next_step=_("请由县级食药安委启动Ⅳ级应急响应（6.2.4）。"),
        )
    if own is not None:
        raise PlanRefusal(
            _("本区县（市）已成立应急指挥机构。"),
            clause="3.5",
            code="county_headquarters_stand",
            status=409,
        )
    if county_id not in harmed:
        raise PlanRefusal(
            _("应急指挥机构由事发地区县（市）成立。"),
            clause="3.5",
            code="not_a_county_concerned",
            next_step=_("仅为生产地的，按通报配合处置。"),
        )
    return city


def check_can_command(response: Response, holding: OfficeHolding, basis: CommanderBasis) -> None:
    """Raise a refusal (422) unless the holder of an office may be the commander on this basis (3.1, A47).

    The leader in charge holds an office of the government itself; somebody designated heads a unit under it.
    """
    city = response.track == Track.CITY
    government = OfficeKind.CITY_GOVERNMENT if city else OfficeKind.COUNTY_GOVERNMENT
    body = holding.organisation
    is_government = body.kind == government and (city or body.jurisdiction_id == response.county_id)
    if holding.until_at is not None or is_government != (basis == CommanderBasis.IN_CHARGE):
        raise PlanRefusal(
            _("总指挥由政府分管领导或政府指定的相关单位负责人担任。"),
            clause="3.1",
            code="cannot_command",
            next_step=_("分管领导选政府中的职务；指定的负责人选其所在单位的职务，并登记指定文件。"),
        )


def check_may_coordinate(sender: Organisation, recipient: Organisation, own: Response | None) -> None:
    """Raise a refusal (422) unless the request goes along one of the two lawful pairs (3.5, A38)."""
    asks, answers = OfficeKind(sender.kind), OfficeKind(recipient.kind)
    pair = (AS_HEADQUARTERS.get(asks, asks), AS_HEADQUARTERS.get(answers, answers))
    if pair not in COORDINATION_PAIRS:
        raise PlanRefusal(
            _("请求市级协调，由县级政府向市政府提出，或由县级应急指挥机构向市应急指挥机构提出。"),
            clause="3.5",
            code="not_a_lawful_pair",
        )
    if pair[0] == OfficeKind.COUNTY_HEADQUARTERS and own is None:
        raise PlanRefusal(
            _("县级应急指挥机构尚未成立，请由县级政府向市政府提出。"),
            clause="3.5",
            code="no_county_headquarters",
            status=409,
        )


def check_waits_for_answer(request: CoordinationRequest) -> None:
    """Raise a refusal (409) unless a county's request waits for its answer (3.5)."""
    if request.answered_at is not None:
        raise PlanRefusal(_("这项请求已答复。"), clause="3.5", code="already_answered", status=409)


def check_can_lead(county_id: int, harmed: Collection[int]) -> None:
    """Raise a refusal (422) unless the incident crosses counties and this is one of them (3.5, A38)."""
    if len(harmed) < 2 or county_id not in harmed:
        raise PlanRefusal(
            _("只有跨区县（市）的事故才指定牵头，牵头的须是有关区县（市）之一。"),
            clause="3.5",
            code="not_a_county_concerned",
        )
