"""Set up working groups, say who is in them and how often they report, stand them down (3.4)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from plan.groups import Group, group_of
from response.actions.deciding import lock_response, write_down
from response.models import GroupMember, Headquarters, Response, WorkingGroup
from response.permissions import check_actor_may_on
from response.policies.groups import (
    check_can_leave,
    check_can_name_by_function,
    check_interval,
    check_is_new,
    check_lead,
    check_response_runs,
    check_stands,
)
from response.selectors.groups import lawful_leads, organisations_of


@transaction.atomic
def set_up_group(
    *,
    headquarters: Headquarters,
    group: Group | None = None,
    name: str = "",
    lead: Organisation | None = None,
    lead_note: str = "",
    members: Sequence[Organisation] = (),
    by: Actor,
    at: datetime,
) -> WorkingGroup:
    """Set up one of the plan's six groups, with its lawful lead and members, or one of its own name (3.4, A36).

    lead: where the plan leaves a choice, with the ground for it in `lead_note`. Refused: by another than the
    headquarters and its office (403), twice or after the response (409), against the plan's lead (422).
    """
    headquarters = _locked(headquarters, by)
    name = group.label_zh if group is not None else name.strip()
    check_is_new(
        list(WorkingGroup.objects.filter(headquarters=headquarters, stood_down_at__isnull=True)), name
    )
    lawful = lawful_leads(headquarters, group) if group is not None else ()
    check_lead(group, lead, lawful, note=lead_note)
    made = WorkingGroup.objects.create(
        headquarters=headquarters,
        group=group.value if group is not None else "",
        name=name,
        lead=lead or (lawful[0] if lawful else None),
        lead_note=lead_note,
        set_up_by=by.ref,
        set_up_at=at,
    )
    named = organisations_of(headquarters, group_of(group).members) if group is not None else []
    for organisation in dict.fromkeys([*named, *members]):
        if organisation != made.lead:
            _add(made, organisation, is_named=organisation in named, by=by, at=at)
    _write("response.set_up_group", made, by, at)
    return made


@transaction.atomic
def add_member(*, group: WorkingGroup, organisation: Organisation, by: Actor, at: datetime) -> GroupMember:
    """Add an organisation to a group, whose list is open (3.4, A36); added twice, it is one."""
    group = _standing(group, by)
    found = group.members.filter(organisation=organisation, left_at__isnull=True).first()
    if found is not None:
        return found
    member = _add(group, organisation, is_named=False, by=by, at=at)
    _write("response.change_group", group, by, at)
    return member


@transaction.atomic
def name_line_department(
    *, group: WorkingGroup, organisation: Organisation, reason: str, by: Actor, at: datetime
) -> GroupMember:
    """Name the line department (行业主管部门), which the plan leaves open, for this incident and say why (3.4.1, A36).

    A member already, it is so named. Refused: by another than headquarters and its office (403), in a group without one
    or without a reason (422).
    """
    group = _standing(group, by)
    in_place_of = check_can_name_by_function(group, reason)
    member = group.members.filter(organisation=organisation, left_at__isnull=True).first()
    member = member or _add(group, organisation, is_named=False, by=by, at=at)
    member.in_place_of, member.reason = in_place_of, reason.strip()
    member.save()
    _write("response.change_group", group, by, at)
    return member


@transaction.atomic
def remove_member(*, member: GroupMember, by: Actor, at: datetime) -> GroupMember:
    """Take an organisation out of a group; one that the plan names stays (409) (3.4)."""
    group = _standing(member.group, by)
    member = GroupMember.objects.select_related("organisation").get(pk=member.pk)
    check_can_leave(member)
    member.left_by, member.left_at = by.ref, at
    member.save()
    _write("response.change_group", group, by, at)
    return member


@transaction.atomic
def set_interval(*, group: WorkingGroup, every_min: int, by: Actor, at: datetime) -> WorkingGroup:
    """Set how often a group reports to the headquarters' office (3.4: 按要求); the plan names no number."""
    group = _standing(group, by)
    check_interval(every_min)
    group.report_every_min, group.interval_set_at = every_min, at
    group.save()
    _write("response.change_group", group, by, at)
    return group


@transaction.atomic
def stand_down_group(*, group: WorkingGroup, by: Actor, at: datetime) -> WorkingGroup:
    """Dissolve a group; what it did and reported stays (3.4)."""
    group = _standing(group, by)
    group.stood_down_by, group.stood_down_at = by.ref, at
    group.save()
    _write("response.stand_down_group", group, by, at)
    return group


def _locked(headquarters: Headquarters, by: Actor) -> Headquarters:
    """Lock the response and hold the actor against its headquarters (3.1, 3.2)."""
    _incident, response = lock_response(headquarters.response)
    check_actor_may_on(by, Right.COMMAND, response)
    check_response_runs(response)
    return _of(response)


def _of(response: Response) -> Headquarters:
    return Headquarters.objects.select_related("office", "response__county", "response__incident").get(
        response=response
    )


def _standing(group: WorkingGroup, by: Actor) -> WorkingGroup:
    headquarters = _locked(group.headquarters, by)
    fresh = WorkingGroup.objects.select_related("lead").get(pk=group.pk)
    fresh.headquarters = headquarters
    check_stands(fresh)
    return fresh


def _add(
    group: WorkingGroup, organisation: Organisation, *, is_named: bool, by: Actor, at: datetime
) -> GroupMember:
    return GroupMember.objects.create(
        group=group, organisation=organisation, is_named=is_named, added_by=by.ref, added_at=at
    )


def _write(action: str, group: WorkingGroup, by: Actor, at: datetime) -> None:
    """Write the group as it now is: lead, members, interval."""
    standing = group.members.filter(left_at__isnull=True)
    members = standing.values_list("organisation__code", flat=True)
    chosen = standing.exclude(in_place_of="").values_list("organisation__code", flat=True)
    write_down(
        incident=group.headquarters.response.incident,
        action=action,
        subject=group,
        payload={
            "group": group.group or "custom",
            "lead": group.lead.code if group.lead else "",
            "members": sorted(members),
            "by_function": sorted(chosen),
            "every_min": group.report_every_min,
        },
        by=by,
        at=at,
    )
