"""Patients are on record one by one, and the end by 6.4.2(1) is computed from each of them (6.3.1, 6.4.2(1), A33)."""

from datetime import timedelta
from typing import Any

import pytest

from audit.verify import verify
from incidents.models import Incident
from outbox.models import Message
from plan.courses import Standing, Turn
from plan.groups import Group
from plan.recovery import Recovery
from plan.termination import Finding
from response.actions.agents import find_agent
from response.actions.groups import add_member
from response.actions.patients import register_line_lists, take_back_turn, transfer_patient
from response.actions.termination import answer_proposal, propose_end
from response.models import Patient, PatientEvent, ResponseState
from response.selectors.patients import people_of
from response.selectors.recovery import condition_of, recovery_of
from tests.support.groups import group_of
from tests.support.hospital import Hospital, case, cluster
from tests.support.patients import HEALTH, HOSPITAL, OTHER_HOSPITAL, WELL, all_well, enter
from tests.support.people import actor, organisation
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, incident, minutes
from tests.support.response import commanded, condition, hours, weigh_all

pytestmark = pytest.mark.django_db
ONE, DAY = "6.4.2(1)", timedelta(hours=24)


@pytest.mark.clause(126, 151, 152, 153, 154)
def test_the_last_patients_last_minute_ends_the_response() -> None:
    response = commanded()
    weigh_all(response.incident)
    all_well(response.incident, 119)
    enter(response.incident, "LAST", turns={**WELL, Turn.STABLE: NOON + hours(3)}, at=NOON + hours(3))
    due, by, commander = NOON + hours(27), actor("city-fso"), actor("city-gov")
    assert recovery_of(response.incident, NOON + hours(3)).earliest_at == due
    said: dict[str, Any] = {"response": response, "conditions": [ONE], "findings": {}, "by": by}
    with refused("patients_not_yet", 409, ONE):
        propose_end(**said, at=due - minutes(1))
    proposal = propose_end(**said, at=due)
    ended = answer_proposal(proposal=proposal, is_approved=True, by=commander, at=due)
    assert ended.state == ResponseState.ENDED


@pytest.mark.clause(152)
def test_a_relapse_between_proposal_and_consent_stops_the_end() -> None:
    response = commanded()
    weigh_all(response.incident)
    all_well(response.incident)
    proposal = propose_end(
        response=response, conditions=[ONE], findings={}, by=actor("city-fso"), at=NOON + DAY
    )
    later, by = NOON + DAY + minutes(5), actor("city-gov")
    enter(response.incident, "A7", turns={Turn.RELAPSED: later}, at=later)
    with refused("patients_not_yet", 409, ONE):
        answer_proposal(proposal=proposal, is_approved=True, by=by, at=later)
    again = later + minutes(60)
    enter(response.incident, "A7", turns={Turn.STABLE: again}, at=again)
    assert recovery_of(response.incident, again).earliest_at == again + DAY


@pytest.mark.clause(126, 151)
def test_the_register_holds_and_its_difference_to_the_count_is_shown() -> None:
    found = incident(120)
    condition(found)
    assert recovery_of(found, NOON + DAY).state is Recovery.MET
    all_well(found, 118)
    short = condition_of(found, NOON + DAY)
    assert (short.judgement.state, short.unregistered, short.in_hospital) == (Recovery.CANNOT_JUDGE, 2, 118)
    enter(found, "A118", "A119", "A120")
    more = condition_of(found, NOON + DAY)
    assert (more.judgement.state, more.unregistered) == (Recovery.MET, -1)


@pytest.mark.clause(126)
def test_the_same_said_twice_is_one_and_leaves_one_trace() -> None:
    found = incident(1)
    first = enter(found, "A1", " A1 ", "")
    assert enter(found, "A1") == first
    assert (Patient.objects.count(), PatientEvent.objects.count()) == (1, 3)
    assert verify().breaks == []


@pytest.mark.clause(126)
def test_a_hospital_hears_once_of_patients_that_health_puts_on_record_for_it() -> None:
    found = incident(1)
    enter(found, "A1", "A2")
    enter(found, "A1", turns={Turn.RECOVERED: NOON})
    enter(found, "A3", by=HOSPITAL)
    told = Message.objects.filter(recipient=HOSPITAL, title__contains="贵院收治")
    assert [each.link for each in told] == [f"/incidents/{found.number}/patients/"]


@pytest.mark.clause(126)
def test_a_transferred_patient_is_one_patient_of_two_records_there_and_back() -> None:
    found, by = incident(1), actor(HOSPITAL)
    (here,) = enter(found, "A1")
    moved: dict[str, Any] = {"happened_at": NOON, "at": NOON}
    there = transfer_patient(
        patient=here, hospital=organisation(OTHER_HOSPITAL), local_id="B9", by=actor(HEALTH), **moved
    )
    with refused("patient_elsewhere", 409, "6.3.1"):
        transfer_patient(
            patient=here, hospital=organisation(OTHER_HOSPITAL), local_id="B8", by=actor(HEALTH), **moved
        )
    (person,) = people_of(found, NOON)
    assert (person.record, person.came_from) == (there, [here])
    assert person.course.stable_since == NOON
    back = transfer_patient(
        patient=there, hospital=organisation(HOSPITAL), local_id="A1", by=actor(OTHER_HOSPITAL), **moved
    )
    assert back == here
    (person,) = people_of(found, NOON)
    assert (person.record, person.came_from) == (here, [there])
    with refused("transfer_to_same_hospital", 422, "6.3.1"):
        transfer_patient(patient=here, hospital=organisation(HOSPITAL), local_id="A2", by=by, **moved)


@pytest.mark.clause(126, 152)
def test_a_mistake_is_taken_back_with_a_reason_and_only_once() -> None:
    found, by = incident(1), actor(HEALTH)
    all_well(found, 1)
    wrong = PatientEvent.objects.get(kind=Turn.STABLE)
    with refused("retraction_without_reason", 422, "5.1"):
        take_back_turn(event=wrong, reason=" ", by=by, at=NOON)
    take_back_turn(event=wrong, reason="看错日期", by=by, at=NOON)
    with refused("turn_already_retracted", 409, "5.1"):
        take_back_turn(event=wrong, reason="再次", by=by, at=NOON)
    assert recovery_of(found, NOON + DAY).missing == (Finding.STABLE_24H,)
    enter(found, "A0", turns={Turn.STABLE: NOON - minutes(30)})
    assert recovery_of(found, NOON).stable_at == NOON - minutes(30) + DAY


@pytest.mark.clause(126)
@pytest.mark.parametrize(
    ("numbers", "turns", "code"),
    [
        ([" "], WELL, "patients_unnamed"),
        (["x" * 65], WELL, "patients_unnamed"),
        (["A1"], {}, "nothing_happened"),
        (["A1"], {Turn.TRANSFERRED: NOON}, "nothing_happened"),
        (["A1"], {Turn.STABLE: NOON + minutes(1)}, "time_in_future"),
        (["A1"], {Turn.FELL_ILL: NOON, Turn.TREATED: NOON - minutes(1)}, "before_falling_ill"),
    ],
)
def test_what_cannot_be_is_refused(numbers: list[str], turns: dict[Turn, Any], code: str) -> None:
    found, _by = incident(1), actor(HEALTH)
    with refused(code, 422, ONE):
        enter(found, *numbers, turns=turns)


@pytest.mark.clause(126)
def test_nothing_happens_to_the_dead() -> None:
    found, _by = incident(1), actor(HEALTH)
    enter(found, "A1", turns={Turn.FELL_ILL: NOON - minutes(60), Turn.DIED: NOON - minutes(5)})
    with refused("patient_died", 409, ONE):
        enter(found, "A1", turns={Turn.STABLE: NOON})
    with refused("not_a_hospital", 422, ONE):
        enter(found, "A2", hospital="city-fso")


@pytest.mark.clause(67, 126)
def test_health_the_medical_group_and_each_hospital_its_own_enter_patients() -> None:
    response = commanded()
    found = response.incident
    for office in ("city-fso", "city-police", f"{YINZHOU}-regulator", HOSPITAL, "city-petitions"):
        actor(office)
        with refused("patients_are_healths", 403, "6.3.1"):
            enter(found, "A1", by=office)
    actor("330203-health")
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        enter(found, "A1", by="330203-health")
    enter(found, "A1", by=f"{YINZHOU}-health")
    enter(found, "A2", by=HOSPITAL)
    with refused("patients_are_healths", 403, "6.3.1"):
        enter(found, "B1", by=HOSPITAL, hospital=OTHER_HOSPITAL)
    group = group_of(response.headquarters, Group.MEDICAL)
    add_member(group=group, organisation=organisation("city-petitions"), by=actor("city-fso"), at=NOON)
    enter(found, "A3", by="city-petitions")
    assert len(people_of(found, NOON)) == 3


@pytest.mark.clause(126)
def test_a_line_lists_cases_are_put_on_record_once_with_what_the_list_says() -> None:
    hospital = Hospital()
    listed = [case(1, outcome="recovered"), case(2, outcome="dead"), case(3)]
    assert hospital.send(cluster(3, cases=listed)).status_code in {201, 202}
    found = Incident.objects.get()
    made = register_line_lists(incident=found, by=actor(HOSPITAL), at=NOON + timedelta(days=3650))
    assert [each.local_id for each in made] == ["A-1", "A-2", "A-3"]
    people = people_of(found, NOON + timedelta(days=3650))
    standings = [each.standing for each in people]
    assert standings == [Standing.SETTLING, Standing.DIED, Standing.UNTREATED]
    assert register_line_lists(incident=found, by=actor(HEALTH), at=NOON + timedelta(days=3650)) == []


@pytest.mark.clause(154)
def test_an_agent_is_judged_from_the_table_or_in_words_and_the_latest_finding_holds() -> None:
    found, by = incident(1), actor(HEALTH)
    enter(found, "A1")
    assert recovery_of(found, NOON + DAY).state is Recovery.CANNOT_JUDGE
    find_agent(incident=found, agent="SALM", by=by, at=NOON)
    assert recovery_of(found, NOON + DAY * 30).state is Recovery.CANNOT_JUDGE
    find_agent(incident=found, agent="SALM", expert="疾控专家组", by=by, at=NOON)
    due = NOON - minutes(120) + timedelta(hours=240)
    assert recovery_of(found, due - minutes(1)).missing == (Finding.INCUBATION_PASSED,)
    assert recovery_of(found, due).state is Recovery.MET
    find_agent(incident=found, other="未知毒素", by=by, at=NOON)
    judged = recovery_of(found, due)
    assert judged.state is Recovery.CANNOT_JUDGE
    assert judged.reasons_zh == ("“未知毒素”不在潜伏期表中，最长潜伏期须由专家另定",)
    find_agent(incident=found, other="未知毒素", incubation_h=72, expert="专家组", by=by, at=NOON)
    assert recovery_of(found, due).state is Recovery.MET
    find_agent(incident=found, agent="STAPH", last_exposure_at=NOON, expert="专家组", by=by, at=NOON)
    assert recovery_of(found, NOON).incubated_at == NOON + timedelta(hours=8)
    condition(found, NOON + minutes(1), patients=1, agent="SHIG", last_onset_at=NOON)
    assert recovery_of(found, NOON).incubated_at == NOON - minutes(120) + timedelta(hours=168)


@pytest.mark.clause(154)
@pytest.mark.parametrize(
    ("said", "code"),
    [
        ({"agent": "NOBODY"}, "agent_unknown"),
        ({"agent": "STAPH", "other": "别的"}, "two_agents"),
        ({"incubation_h": 72}, "incubation_without_expert"),
        ({"incubation_h": 0, "expert": "专家"}, "incubation_without_expert"),
        ({"last_exposure_at": NOON}, "incubation_without_expert"),
        ({"last_exposure_at": NOON + minutes(1), "expert": "专家"}, "time_in_future"),
    ],
)
def test_a_finding_on_the_agent_can_be_true(said: dict[str, Any], code: str) -> None:
    found, by = incident(1), actor(HEALTH)
    with refused(code, 422, ONE):
        find_agent(incident=found, **said, by=by, at=NOON)
