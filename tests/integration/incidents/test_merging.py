"""Two incidents become one and two again, as often as need be, and are graded anew each time (A12, A56)."""

import pytest

from audit.models import AuditEvent
from incidents.actions.facts import correct_fact, record_facts
from incidents.actions.incidents import involve_county
from incidents.actions.merging import merge_incidents, split_incident
from incidents.families import levels_together
from incidents.models import (
    CountKind,
    CountyRole,
    Fact,
    FactKind,
    Incident,
    IncidentStatus,
    JoinProposal,
    JoinState,
    Lineage,
)
from incidents.selectors import family_ids, visible_incidents
from plan.levels import IncidentLevel
from plan.refusal import PlanRefusal
from reporting.actions.reports import withdraw_report
from tests.support.checksums import table_checksums
from tests.support.clocks import after
from tests.support.evidence import broken_links
from tests.support.people import actor
from tests.support.reports import CIXI, NOON, county, incident, people, report, restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(20, 25)]
DESK = "330212-regulator"


def merge(whole: Incident, part: Incident, minute: float = 60, by: str = DESK) -> Incident:
    return merge_incidents(whole=whole, part=part, reason="同一批冷菜", by=actor(by), at=after(minute))


def split(part: Incident, minute: float = 120, by: str = DESK) -> Incident:
    return split_incident(part=part, reason="检出的菌株不同", by=actor(by), at=after(minute))


def levels(*incidents: Incident) -> list[str]:
    return [Incident.objects.get(pk=each.pk).proposed_level for each in incidents]


def sixty_and_sixty() -> tuple[Incident, Incident]:
    return incident(60), incident(60, place_text="姚江食堂", at=after(20))


def test_sixty_and_sixty_are_major_while_they_are_one() -> None:
    first, second = sixty_and_sixty()
    assert levels_together(first, [second]) == {second.pk: IncidentLevel.III}
    for minute in (60, 120, 180):
        whole = merge(first, second, minute)
        assert (whole.proposed_level, whole.assessments.latest("pk").counted["illness_count"]) == ("III", 120)
        part = split(second, minute + 30)
        assert (part.status, part.merged_into) == (IncidentStatus.OPEN, None)
        assert levels(first, second) == ["IV", "IV"]
    assert list(Lineage.objects.order_by("pk").values_list("kind", flat=True)) == ["merge", "split"] * 3
    assert broken_links() == []


def test_each_merge_and_split_is_on_record_in_both_with_who_when_and_why() -> None:
    first, second = sixty_and_sixty()
    merge(first, second)
    split(second)
    joined, divided = Lineage.objects.order_by("pk")
    assert (joined.whole, joined.part, joined.reason, joined.office) == (first, second, "同一批冷菜", DESK)
    assert (divided.takes_back, divided.recorded_at) == (joined, after(120))
    for action in ("incidents.merge_incidents", "incidents.split_incident"):
        chains = set(AuditEvent.objects.filter(action=action).values_list("chain", flat=True))
        assert chains == {first.chain, second.chain}


def test_a_refused_merge_changes_nothing() -> None:
    first, second = sixty_and_sixty()
    far, drill = incident(5, area=CIXI), incident(60, is_drill=True)
    here, there = actor(DESK), actor(f"{CIXI}-regulator")
    watcher = actor("330212-gov")
    before = table_checksums()
    for whole, part, by, reason, code, status in (
        (first, second, here, " ", "join_without_reason", 422),
        (first, second, watcher, "同源", "office_lacks_right", 403),
        (first, far, there, "同源", "outside_jurisdiction", 403),
        (first, far, here, "同源", "outside_jurisdiction", 403),
        (first, first, here, "同源", "merge_with_itself", 422),
        (first, drill, here, "同源", "merge_drill_and_real", 422),
    ):
        with pytest.raises(PlanRefusal) as refused:
            merge_incidents(whole=whole, part=part, reason=reason, by=by, at=after(60))
        assert (refused.value.code, refused.value.status) == (code, status)
    assert table_checksums() == before


def test_a_refused_split_changes_nothing() -> None:
    first, second = sixty_and_sixty()
    third = incident(5, place_text="第三处")
    merge(first, second)
    here, watcher = actor(DESK), actor("330212-health")
    before = table_checksums()
    for part, by, reason, code, status in (
        (second, here, "", "split_without_reason", 422),
        (second, watcher, "不同源", "office_lacks_right", 403),
        (third, here, "不同源", "incident_not_merged", 409),
        (first, here, "不同源", "incident_not_merged", 409),
    ):
        with pytest.raises(PlanRefusal) as refused:
            split_incident(part=part, reason=reason, by=by, at=after(90))
        assert (refused.value.code, refused.value.status) == (code, status)
    with pytest.raises(PlanRefusal) as refused:
        merge(third, second)
    assert refused.value.code == "incident_not_open"
    assert table_checksums() == before


def test_what_a_part_had_taken_in_leaves_with_it_and_can_leave_alone() -> None:
    first, second = sixty_and_sixty()
    third = incident(10, place_text="第三处")
    merge(second, third, 40)
    merge(first, second, 60)
    assert set(family_ids(first)) == {first.pk, second.pk, third.pk}
    split(second, 80)
    assert (family_ids(first), set(family_ids(second))) == ([first.pk], {second.pk, third.pk})
    merge(first, second, 100)
    split(third, 120)
    assert set(family_ids(first)) == {first.pk, second.pk}
    split(second, 140)
    assert family_ids(second) == [second.pk]
    assert Incident.objects.get(pk=third.pk).status == IncidentStatus.OPEN


def test_the_parts_county_sees_the_whole_while_they_are_one() -> None:
    here, there = incident(60), incident(60, area=CIXI, place_text="慈溪分店")
    neighbour = actor(f"{CIXI}-regulator")
    merge(here, there, by="city-fso")
    assert set(visible_incidents(neighbour)) == {here, there}
    split(there, by="city-fso")
    assert set(visible_incidents(neighbour)) == {there}


def test_a_county_that_came_to_be_concerned_itself_stays_so() -> None:
    here, there = incident(60), incident(60, area=CIXI, place_text="慈溪分店")
    merge(here, there, by="city-fso")
    involve_county(
        incident=here, county=county(CIXI), role=CountyRole.HARM, by=actor("city-fso"), at=after(90)
    )
    split(there, by="city-fso")
    assert set(visible_incidents(actor(f"{CIXI}-regulator"))) == {here, there}


def test_facts_recorded_on_the_whole_stay_with_it() -> None:
    first, second = sixty_and_sixty()
    merge(first, second)
    later = people(30, at=after(90), count_kind=CountKind.OWN, series="c")
    (fact,) = record_facts(incident=first, entries=[later], by=actor(DESK), at=after(90))
    split(second)
    assert fact.incident == first
    counted = [Incident.objects.get(pk=each.pk).assessments.latest("pk").counted for each in (first, second)]
    assert [each["illness_count"] for each in counted] == [90, 60]


def test_a_report_on_the_place_of_a_merged_part_belongs_to_it_and_leaves_with_it() -> None:
    first, second = incident(60), incident(60, place=restaurant("姚江食堂"))
    merge(first, second)
    later = report(80, place=restaurant("姚江食堂"), at=after(90))
    assert later.incident == second
    assert Incident.objects.get(pk=first.pk).assessments.latest("pk").counted["illness_count"] == 140
    withdraw_report(report=later, reason="误报", by=actor(DESK), at=after(100))
    assert Incident.objects.get(pk=first.pk).assessments.latest("pk").counted["illness_count"] == 120
    split(second)
    assert levels(second) == ["IV"]


def test_a_fact_of_a_merged_part_can_be_corrected_and_leaves_with_it() -> None:
    first, second = sixty_and_sixty()
    merge(first, second)
    wrong = Fact.objects.get(incident=second, kind=FactKind.ILLNESS)
    corrected = correct_fact(fact=wrong, value=30, reason="重复登记", by=actor(DESK), at=after(90))
    assert corrected.incident == second
    assert Incident.objects.get(pk=first.pk).assessments.latest("pk").counted["illness_count"] == 90
    split(second)
    assert Incident.objects.get(pk=second.pk).assessments.latest("pk").counted["illness_count"] == 30


def test_a_proposed_join_is_decided_by_the_merge_and_not_proposed_again() -> None:
    first, second = incident(60), incident(60, at=after(20))
    merge(first, second)
    split(second)
    proposal = JoinProposal.objects.get()
    assert (proposal.state, proposal.reason) == (JoinState.ACCEPTED, "同一批冷菜")
    merge(first, second, 180)
    assert levels(first) == ["III"]


def test_knowledge_of_each_stays_its_own() -> None:
    first, second = incident(60, at=after(20)), incident(60, place_text="姚江食堂")
    merge(first, second)
    split(second)
    assert [Incident.objects.get(pk=each.pk).known_at for each in (first, second)] == [after(20), NOON]
