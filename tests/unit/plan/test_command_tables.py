"""Approvals, groups, measures, adjustment, termination, investigation: data that cites, held against the text."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from plan.adjustment import LOWER_GROUND, PREPARATION_ZH, RAISE_GROUNDS, Element
from plan.agents import Evidence, agents
from plan.authority import AUTHORITIES, COORDINATION_PAIRS, Act, Authority
from plan.clauses import clause, has_clause, readings, row
from plan.duties import DUTIES
from plan.groups import GROUPS, Group, WorkingGroup
from plan.investigation import INVESTIGATIONS
from plan.levels import IncidentLevel
from plan.measures import MEASURES
from plan.offices import OfficeKind, Tier
from plan.reporting import LEAP_LEVELS, REPORTING_CHAIN, LeapGround, ReportContent
from plan.termination import STABLE_FOR, TERMINATION_CONDITIONS


def cited() -> Iterator[tuple[str, tuple[str, ...]]]:
    for authority in AUTHORITIES:
        yield from ((ref, authority.readings) for ref in authority.clauses)
    for group in GROUPS:
        yield group.clause, group.readings
    for ground in (*RAISE_GROUNDS, LOWER_GROUND):
        yield ground.clause, ground.readings
    for duty in DUTIES:
        yield duty.clause, duty.readings
    for quoted in (*MEASURES, *TERMINATION_CONDITIONS, *OfficeKind):
        yield quoted.clause, ()


def test_everything_cites_a_place_of_the_plan_and_a_reading_in_force() -> None:
    for ref, readings_cited in cited():
        assert has_clause(ref), ref
        assert set(readings_cited) <= set(readings())


def test_every_office_has_the_plans_word_for_it() -> None:
    assert len({office.label_zh for office in OfficeKind}) == len(OfficeKind)
    shortened = {OfficeKind.UNIT}  # 发生可能与食品有关的急性群体性健康损害的单位
    for office in set(OfficeKind) - shortened:
        cited_place = clause(office.clause)
        assert office.label_zh in cited_place.heading_zh + cited_place.text_zh, office
    assert OfficeKind.DUTY_ROOM.level is Tier.CITY
    assert OfficeKind.COUNTY_REGULATOR.level is Tier.COUNTY
    assert OfficeKind.HOSPITAL.level is Tier.NONE


def authority(act: Act) -> Authority:
    (found,) = [entry for entry in AUTHORITIES if entry.act is act]
    return found


def test_every_act_has_exactly_one_row() -> None:
    assert [entry.act for entry in AUTHORITIES] == list(Act)


@pytest.mark.clause(109, 113, 116, 119)
def test_who_consents_to_and_who_starts_a_response() -> None:
    for act, consent, section in (
        (Act.ACTIVATE_I, "批准", "6.2.1"),
        (Act.ACTIVATE_II, "同意", "6.2.2"),
        (Act.ACTIVATE_III, "同意", "6.2.3"),
    ):
        row_of_act = authority(act)
        assert row_of_act.approves == (OfficeKind.CITY_GOVERNMENT,)
        assert row_of_act.acts == (OfficeKind.CITY_COMMISSION,)
        assert row_of_act.consent_zh == consent
        assert f"市政府{consent}" in clause(section).text_zh
    county = authority(Act.ACTIVATE_IV)
    assert (county.approves, county.acts) == ((), (OfficeKind.COUNTY_COMMISSION,))
    assert county.prepares == (OfficeKind.COUNTY_COMMISSION_OFFICE,)


@pytest.mark.clause(109)
def test_level_one_waits_for_the_commissions_assessment_of_impact_and_trend() -> None:
    prepared = authority(Act.ACTIVATE_I)
    assert prepared.prepares == (OfficeKind.CITY_COMMISSION,)
    assert prepared.preparation_zh in clause("6.2.1").text_zh


@pytest.mark.clause(37, 106, 119, 149, 150)
def test_adjusting_ending_and_fixing_the_level() -> None:
    assert authority(Act.ADJUST).approves == (OfficeKind.CITY_HEADQUARTERS,)
    ending = authority(Act.TERMINATE)
    assert ending.prepares == (OfficeKind.COUNTY_GOVERNMENT, OfficeKind.CITY_HEADQUARTERS_OFFICE)
    assert ending.consent_zh == "总指挥同意"
    assert authority(Act.FIX_LEVEL).approves == (OfficeKind.CITY_COMMISSION_OFFICE,)
    assert authority(Act.FIX_LEVEL_IV).approves == (OfficeKind.COUNTY_COMMISSION_OFFICE,)


@pytest.mark.clause(77)
def test_coordination_is_asked_for_between_two_pairs_only() -> None:
    assert COORDINATION_PAIRS == (
        (OfficeKind.COUNTY_GOVERNMENT, OfficeKind.CITY_GOVERNMENT),
        (OfficeKind.COUNTY_HEADQUARTERS, OfficeKind.CITY_HEADQUARTERS),
    )


def named(group: WorkingGroup) -> list[OfficeKind]:
    return [*([group.lead] if group.lead else []), *group.members]


@pytest.mark.clause(57, 59, 64, 66, 68, 70, 72)
def test_the_six_groups_and_the_bodies_named_in_them() -> None:
    assert [entry.group for entry in GROUPS] == list(Group)
    for entry in GROUPS:
        assert entry.group.label_zh in clause("3.4").text_zh
        text = clause(entry.clause).text_zh
        for office in named(entry):
            assert office.label_zh.removesuffix("局").removeprefix("市") in text  # 3.4.1 prints only 公安
        for words in entry.others_zh:
            assert words in text
    leads = {entry.group: entry.lead for entry in GROUPS}
    assert leads[Group.INVESTIGATION] is OfficeKind.CITY_REGULATOR
    assert leads[Group.EXPERTS] is None
    assert {entry.group for entry in GROUPS if entry.is_open} == {
        Group.INVESTIGATION,
        Group.STABILITY,
        Group.PUBLICITY,
    }


@pytest.mark.clause(
    125, 126, 127, 128, 129, 130, 131, 132, 133, 134, 135, 136, 137, 138, 139, 140, 141, 142, 143, 144
)
def test_measures_are_all_rows_of_six_three_in_order() -> None:
    assert [measure.row for measure in MEASURES] == list(range(126, 145))
    assert len({measure.code for measure in MEASURES}) == len(MEASURES)
    for measure in MEASURES:
        assert row(measure.row).ref.startswith(f"§{measure.clause}(")
        assert measure.text_zh in clause(measure.clause).text_zh
        assert measure.groups or measure.offices


@pytest.mark.clause(145, 146, 147, 148)
def test_grounds_for_adjusting() -> None:
    first, second = RAISE_GROUNDS
    assert (len(first.elements), first.needs_all) == (4, True)
    assert (len(second.elements), second.needs_all) == (2, False)
    assert (len(LOWER_GROUND.elements), LOWER_GROUND.needs_all) == (3, True)
    assert {*first.elements, *second.elements, *LOWER_GROUND.elements} == set(Element)
    for word in PREPARATION_ZH:
        assert word in clause("6.4.1").text_zh


@pytest.mark.clause(151, 152, 153, 154, 155, 156, 157)
def test_four_conditions_end_a_response() -> None:
    assert [len(condition.findings) for condition in TERMINATION_CONDITIONS] == [4, 3, 2, 1]
    assert [condition.clause for condition in TERMINATION_CONDITIONS if condition.needs_patients] == [
        "6.4.2(1)"
    ]
    assert timedelta(hours=24) == STABLE_FOR
    for condition in TERMINATION_CONDITIONS:
        assert condition.text_zh in clause("6.4.2").text_zh


@pytest.mark.clause(163, 164, 165, 166, 167)
def test_the_incident_level_names_the_investigators_and_the_readers() -> None:
    assert set(INVESTIGATIONS) == set(IncidentLevel) - {IncidentLevel.BELOW}
    for level, investigation in INVESTIGATIONS.items():
        assert f"{level.label_zh}食品安全事故由{investigation.team_zh}组成调查组" in clause("7.2").text_zh
        assert bool(investigation.reports_to) is not level.at_least(IncidentLevel.II)
    assert INVESTIGATIONS[IncidentLevel.IV].reports_to == (
        OfficeKind.CITY_COMMISSION,
        OfficeKind.COUNTY_GOVERNMENT,
    )


@pytest.mark.clause(97, 98)
def test_only_the_two_gravest_levels_leap_of_themselves() -> None:
    assert REPORTING_CHAIN == (Tier.COUNTY, Tier.CITY, Tier.OUTSIDE)
    assert {level: ground.value for level, ground in LEAP_LEVELS.items()} == {
        "I": "level_i",
        "II": "level_ii",
    }
    assert set(LeapGround) - set(LEAP_LEVELS.values()) == {LeapGround.SENSITIVE, LeapGround.OTHER_SPECIAL}


@pytest.mark.clause(104)
def test_a_report_says_when_where_and_how_many() -> None:
    assert (
        "、".join(content.label_zh for content in ReportContent).replace("地点、", "地点和")
        in clause("5.2").text_zh
    )


@pytest.mark.clause(154)
def test_agents_carry_an_ordered_incubation_and_how_it_is_evidenced() -> None:
    assert len(agents()) == 70
    for code, agent in agents().items():
        assert agent.code == code
        assert timedelta(0) < agent.shortest <= agent.typical[0] <= agent.typical[1] <= agent.longest
        assert agent.source or agent.needs_expert
        assert agent.needs_expert is (agent.evidence is not Evidence.SEEN)
    assert agents()["STAPH"].longest == timedelta(hours=8)
    assert {agent.evidence for agent in agents().values()} == set(Evidence)
