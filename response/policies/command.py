"""May headquarters do this now? Each check raises the reason and its clause (3.1, 3.2, 3.5)."""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import OfficeHolding, Organisation
from plan.authority import COORDINATION_PAIRS
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.models import CommandAddressee, CommanderBasis, CommandKind, Response, ResponseState, Track

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


def check_can_issue(
    kind: CommandKind,
    *,
    text: str,
    origin: str,
    addressees: Collection[Organisation],
    due_at: datetime | None,
    at: datetime,
) -> None:
    """Raise a refusal (422) unless an entry of the command log says what it must (3.1, 6.2)."""
    if not text.strip():
        raise PlanRefusal(_("请写明内容。"), clause="3.1", code="command_without_words")
    if kind == CommandKind.INSTRUCTION and not origin.strip():
        raise PlanRefusal(_("上级指示须写明来源。"), clause="6.2.1", code="instruction_without_origin")
    if kind != CommandKind.DECISION and not addressees:
        raise PlanRefusal(_("请指明由谁办理或知悉。"), clause="3.1", code="command_without_addressee")
    if due_at is not None and due_at <= at:
        raise PlanRefusal(_("办结时间须晚于现在。"), clause="3.1", code="due_in_past")


def check_can_execute(addressee: CommandAddressee, outcome: str) -> None:
    """Raise a refusal unless an order can be reported as carried out: once (409), and with what came of it (422)."""
    if not addressee.must_act or addressee.executed_at is not None:
        raise PlanRefusal(
            _("这一项无须办理，或已报告办理情况。"), clause="3.2", code="nothing_to_execute", status=409
        )
    if not outcome.strip():
        raise PlanRefusal(_("请写明办理情况。"), clause="3.2", code="execution_without_words")


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


def check_can_lead(county_id: int, harmed: Collection[int]) -> None:
    """Raise a refusal (422) unless the incident crosses counties and this is one of them (3.5, A38)."""
    if len(harmed) < 2 or county_id not in harmed:
        raise PlanRefusal(
            _("只有跨区县（市）的事故才指定牵头，牵头的须是有关区县（市）之一。"),
            clause="3.5",
            code="not_a_county_concerned",
        )
