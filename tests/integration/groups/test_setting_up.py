"""Working groups: optional, led as the plan says, open lists with the named ones locked in (3.4, A36)."""

from functools import partial

import pytest

from audit.models import AuditEvent
from incidents.actions.facts import NewFact, record_facts
from incidents.models import FactKind, Incident, Stage
from plan.groups import Group
from plan.levels import ResponseLevel
from response.actions.groups import add_member, remove_member, set_interval, stand_down_group
from response.actions.stages import keep_stage_regulator
from response.models import WorkingGroup
from tests.support.groups import group_of, headquarters
from tests.support.measures import HEALTH, REGULATOR, refused, taken
from tests.support.people import actor, organisation
from tests.support.reports import NOON, minutes

pytestmark = pytest.mark.django_db
HEAD, HEAD_OFFICE = "city-commission", "city-fso"


def codes(group: WorkingGroup) -> set[str]:
    return set(group.members.filter(left_at=None).values_list("organisation__code", flat=True))


def told_stages(case: Incident, *stages: Stage) -> None:
    facts = [NewFact(kind=FactKind.STAGE, value=stage.value, as_of=NOON) for stage in stages]
    record_facts(incident=case, entries=facts, by=actor("city-fso"), at=NOON)


@pytest.mark.clause(57, 59, 66, 68, 70, 72)
@pytest.mark.parametrize(
    ("group", "lead", "members"),
    [
        (Group.INVESTIGATION, "city-regulator", {"city-police"}),
        (Group.MEDICAL, "city-health", set()),
        (
            Group.STABILITY,
            "city-politics-law",
            {
                "city-cyberspace",
                "city-petitions",
                "city-police",
                "city-justice",
                "city-court",
                "city-procuratorate",
            },
        ),
        (Group.PUBLICITY, "city-publicity", {"city-fso", "city-cyberspace"}),
        (Group.EXPERTS, None, set()),
    ],
)
def test_a_preset_has_its_lawful_lead_and_the_named_members(
    group: Group, lead: str | None, members: set[str]
) -> None:
    command = headquarters()
    made = group_of(command, group)
    assert (made.lead.code if made.lead else None, codes(made)) == (lead, members)
    assert all(member.is_named for member in made.members.all())
    assert WorkingGroup.objects.count() == 1
    (event,) = AuditEvent.objects.filter(action="response.set_up_group")
    assert event.chain == command.response.incident.chain
    assert refused(partial(group_of, command, group)).code == "group_exists"


@pytest.mark.clause(57)
def test_the_lawful_lead_is_not_another_and_a_custom_group_names_its_own() -> None:
    command, health = headquarters(), organisation("city-health")
    assert refused(partial(group_of, command, Group.INVESTIGATION, lead=health)).code == "lead_is_lawful"
    assert refused(partial(group_of, command, None)).code == "group_without_name"
    assert refused(partial(group_of, command, None, name="后勤保障组")).code == "lead_needs_choice"
    made = group_of(command, None, name="后勤保障组", lead=health, members=[organisation("city-finance")])
    assert (made.group, made.lead, codes(made)) == ("", health, {"city-finance"})


@pytest.mark.clause(64)
def test_hazard_control_is_led_by_the_regulator_of_the_stage() -> None:
    command = headquarters()
    case, farms = command.response.incident, organisation("city-agriculture")
    choose = partial(group_of, command, Group.HAZARD_CONTROL)
    assert refused(choose).code == "lead_needs_choice"
    told_stages(case, Stage.BREEDING)
    assert refused(partial(choose, lead=organisation("city-regulator"))).code == "lead_is_lawful"
    told_stages(case, Stage.TRADE)
    unsaid = refused(choose)
    assert (unsaid.code, unsaid.clause) == ("lead_needs_choice", "3.4.2")
    assert refused(partial(choose, lead=farms)).code == "lead_without_reason"
    assert choose(lead=farms, lead_note="养殖环节为主").lead == farms


@pytest.mark.clause(64)
def test_the_table_of_stages_is_kept_by_the_office() -> None:
    command, customs = headquarters(), organisation("city-customs")
    keep = partial(keep_stage_regulator, stage=Stage.STORAGE, organisation=customs, at=NOON)
    wrong = actor(REGULATOR)
    assert refused(partial(keep, by=wrong)).status == 403
    keep(by=actor("city-fso"))
    told_stages(command.response.incident, Stage.STORAGE)
    assert group_of(command, Group.HAZARD_CONTROL).lead == customs


@pytest.mark.clause(57)
def test_only_the_headquarters_and_its_office_change_groups_while_it_runs() -> None:
    command = headquarters()
    for office in (REGULATOR, "city-gov", "city-regulator", "330212-fso"):
        assert refused(partial(group_of, command, by=office), office).status == 403
    assert group_of(command, by=HEAD_OFFICE).name == Group.INVESTIGATION.label_zh


@pytest.mark.clause(57)
def test_a_countys_groups_are_led_by_the_countys_offices() -> None:
    command = headquarters(ResponseLevel.IV)
    by = "330212-commission"
    assert refused(partial(group_of, command), "city-commission").code == "response_of_another_track"
    leads = {group: group_of(command, group, by=by).lead for group in (Group.INVESTIGATION, Group.MEDICAL)}
    assert leads == {
        Group.INVESTIGATION: organisation(REGULATOR),
        Group.MEDICAL: organisation(HEALTH),
    }


@pytest.mark.clause(57)
def test_members_join_and_leave_but_the_named_ones_stay() -> None:
    group = group_of(headquarters())
    by, police = actor(HEAD_OFFICE), organisation("city-police")
    farms = organisation("city-agriculture")
    member = add_member(group=group, organisation=farms, by=by, at=NOON)
    assert add_member(group=group, organisation=farms, by=by, at=NOON) == member
    remove_member(member=member, by=by, at=NOON + minutes(1))
    assert codes(group) == {"city-police"}
    named = group.members.get(organisation=police)
    assert refused(partial(remove_member, member=named, by=by, at=NOON)).code == "named_member_stays"
    assert refused(partial(remove_member, member=member, by=by, at=NOON)).code == "member_has_left"


@pytest.mark.clause(57)
def test_a_group_stood_down_is_left_as_it_was_and_may_be_set_up_again() -> None:
    command = headquarters()
    group, by = group_of(command), actor(HEAD_OFFICE)
    stand_down_group(group=group, by=by, at=NOON + minutes(5))
    change = partial(set_interval, group=group, every_min=60, by=by, at=NOON + minutes(6))
    assert refused(change).code == "group_stood_down"
    assert group_of(command, at=NOON + minutes(7)) != group


def test_who_is_in_a_group_takes_its_measures() -> None:
    command = headquarters()
    case = command.response.incident
    assert refused(partial(taken, case, "scene_order", "city-education"), "city-education").status == 403
    group_of(command, Group.STABILITY, members=[organisation("city-education")])
    assert taken(case, "scene_order", "city-education").organisation.code == "city-education"
