"""May this office take, review, publish or see this? Which measures are whose is data of the plan (3.4, 6.3)."""

from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.checklist import Item
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from plan.records import RecordKind
from plan.refusal import PlanRefusal
from response.models import DisputeEntry, Response, ResponseState, Track, WorkingGroup

CITY_PUBLISHERS = frozenset({OfficeKind.CITY_COMMISSION, OfficeKind.CITY_COMMISSION_OFFICE})
COUNTY_PUBLISHERS = frozenset({OfficeKind.COUNTY_COMMISSION, OfficeKind.COUNTY_COMMISSION_OFFICE})
# What only headquarters or its office makes public; a regulator's warning is not among them (A37).
PUBLISHED = frozenset({"release_review", "release", "concern_answer", "clarification"})


@dataclass(frozen=True, slots=True)
class Ground:
    """What decides whose measures are whose in one incident, read once.

    of_stage: ids of the regulators of the food chain's stages; in_groups: by group, who leads or is in it.
    """

    incident: Incident
    counties: set[int]
    responses: Sequence[Response]
    of_stage: Set[int]
    in_groups: Mapping[str, Set[int]]


def check_actor_takes(actor: Actor, ground: Ground, spec: RecordKind) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless such records are its own to make here (6.3, A60)."""
    office = check_actor_may(actor, Right.TAKE_MEASURES, counties=ground.counties)
    if spec.code in PUBLISHED:
        check_publishes(office, ground.incident, ground.responses)
    if spec.anyone or _is_its_own(office, ground, spec):
        return office
    raise PlanRefusal(
        _("“%(what)s”由%(who)s登记。")
        % {"what": spec.label_zh, "who": "、".join(sorted(each.label_zh for each in spec.offices))},
        clause=spec.clause,
        code="measure_of_other_office",
        status=403,
        next_step=_("请将情况告知上述单位。"),
    )


def _is_its_own(office: Organisation, ground: Ground, spec: RecordKind) -> bool:
    """Tell whether the plan names the office for it, or a group set up for it has the office in it."""
    if OfficeKind(office.kind) in spec.offices:
        return True
    if OfficeKind.CITY_STAGE_REGULATOR in spec.offices and office.pk in ground.of_stage:
        return True
    groups = () if spec.by else spec.measure.groups
    return any(office.pk in ground.in_groups.get(group, ()) for group in groups)


def check_publishes(office: Organisation, incident: Incident, responses: Iterable[Response]) -> None:
    """Raise a refusal (403) unless the office releases this incident's information (6.3.5, A37).

    While a response runs, its headquarters and their office; before, the commission and its office: the city's from Ⅲ
    on, the county's at Ⅳ and below.
    """
    running = [each for each in responses if each.state == ResponseState.ACTIVE]
    tracks = {each.track for each in running} or {
        Track.CITY.value if incident.duty_level.at_least(IncidentLevel.III) else Track.COUNTY.value
    }
    counties = {each.county_id for each in running if each.county_id}
    kind = OfficeKind(office.kind)
    if Track.CITY in tracks and kind in CITY_PUBLISHERS:
        return
    if (
        Track.CITY not in tracks
        and kind in COUNTY_PUBLISHERS
        and (not counties or office.jurisdiction_id in counties)
    ):
        return
    whose = _("市") if Track.CITY in tracks else _("县级")
    raise PlanRefusal(
        _("本起事故的信息由%s应急指挥部或其办公室统一发布（启动响应前为食药安委或其办公室）。") % whose,
        clause="6.3.5",
        code="not_the_publisher",
        status=403,
        next_step=_("其他单位可以拟稿；监管部门的食品安全警示不受此限。"),
    )


def check_actor_keeps_task(actor: Actor, ground: Ground, item: Item) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless the item is its own or its group's (3.4, 6.3)."""
    office = check_actor_may(actor, Right.TAKE_MEASURES, counties=ground.counties)
    is_of_stage = OfficeKind.CITY_STAGE_REGULATOR in item.offices and office.pk in ground.of_stage
    is_in_group = any(office.pk in ground.in_groups.get(group, ()) for group in item.groups)
    if OfficeKind(office.kind) in item.offices or is_of_stage or is_in_group:
        return office
    raise PlanRefusal(
        _("“%s”不是您单位的事项。") % item.label_zh,
        clause=item.clause,
        code="task_of_other_office",
        status=403,
        next_step=_("请告知牵头单位或指挥部办公室。"),
    )


def check_actor_keeps_disputes(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it leads the stability work (3.4.4, 6.3.6, A60)."""
    return check_actor_may_with(actor, Right.KEEP_DISPUTES, incident)


def check_actor_continues_dispute(actor: Actor, incident: Incident, dispute: DisputeEntry) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it leads the stability work or is in charge (6.3.6)."""
    if actor.organisation is not None and actor.organisation.pk == dispute.in_charge_id:
        return check_actor_may_with(actor, Right.SEE_INCIDENTS, incident)
    return check_actor_keeps_disputes(actor, incident)


def check_actor_reports_for(actor: Actor, ground: Ground, group: WorkingGroup) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it leads or is in the group (3.4).

    For a group without a lead, such as the experts', the headquarters' office speaks as well.
    """
    office = check_actor_may(actor, Right.TAKE_MEASURES, counties=ground.counties)
    speaks = {group.lead_id or group.headquarters.office_id}
    speaks |= {member.organisation_id for member in group.members.all() if member.left_at is None}
    if office.pk in speaks:
        return office
    raise PlanRefusal(
        _("%s的报告由其牵头单位或成员单位提交。") % group.name,
        clause="3.4",
        code="not_in_group",
        status=403,
        next_step=_("请告知该组牵头单位。"),
    )
