"""Facts: recorded, corrected, taken back; each re-assesses at once (5.1, 6.1)."""

from datetime import timedelta

import pytest

from incidents.actions.facts import NewFact, correct_fact, record_facts
from incidents.actions.incidents import involve_county
from incidents.models import CountKind, CountyRole, Fact, FactKind, Incident
from incidents.selectors import current_facts
from plan.refusal import PlanRefusal
from tests.support.checksums import table_checksums
from tests.support.people import actor
from tests.support.reports import HAISHU, NOON, county, incident, minutes, people

pytestmark = pytest.mark.django_db

LATER = NOON + minutes(10)


def ill_fact(found: Incident) -> Fact:
    return current_facts([found.pk]).get(kind=FactKind.ILLNESS)


def level(found: Incident) -> str:
    return Incident.objects.get(pk=found.pk).proposed_level


def add(found: Incident, *entries: NewFact, office: str = "330212-regulator") -> list[Fact]:
    return record_facts(incident=found, entries=entries, by=actor(office), at=LATER)


@pytest.mark.parametrize(("ill", "expected"), [(29, "below"), (30, "IV"), (99, "IV"), (100, "III")])
@pytest.mark.clause(25, 29, 123)
def test_each_new_count_regrades_at_once(ill: int, expected: str) -> None:
    found = incident(5)
    add(found, people(ill, at=LATER))
    assert level(found) == expected


@pytest.mark.clause(20, 25)
def test_the_assessment_keeps_clauses_facts_and_edition() -> None:
    found = incident(120, dead=1)
    made = found.assessments.latest("pk")
    assert (made.level, made.clauses, made.edition) == ("II", ["2.2(3)"], "甬政办发〔2021〕60号")
    assert made.other_clauses == ["2.3(2)"]
    assert set(made.fact_ids) == set(
        current_facts([found.pk])
        .filter(kind__in=["illness_count", "death_count"])
        .values_list("pk", flat=True)
    )


@pytest.mark.clause(90)
def test_a_correction_is_a_new_fact_and_the_old_one_stays() -> None:
    found = incident(120)
    old = ill_fact(found)
    made = correct_fact(fact=old, value=80, reason="重复计数40人", by=actor("330212-regulator"), at=LATER)
    assert (made.corrects_id, made.statement_id, made.value) == (old.pk, old.pk, 80)
    assert Fact.objects.get(pk=old.pk).value == 120
    assert level(found) == "IV"


@pytest.mark.clause(90)
def test_a_fact_is_corrected_once_and_the_second_try_changes_nothing() -> None:
    found = incident(120)
    old = ill_fact(found)
    correct_fact(fact=old, value=80, reason="重复计数", by=actor("330212-regulator"), at=LATER)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        correct_fact(fact=old, value=70, reason="再次更正", by=actor("330212-regulator"), at=LATER)
    assert (refused.value.code, refused.value.status) == ("fact_already_corrected", 409)
    assert table_checksums() == before


def test_a_correction_without_a_reason_changes_nothing() -> None:
    found = incident(120)
    by = actor("330212-regulator")
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        correct_fact(fact=ill_fact(found), value=80, reason=" ", by=by, at=LATER)
    assert refused.value.code == "correction_without_reason"
    assert table_checksums() == before


@pytest.mark.parametrize("value", [-1, True, 1.5, "12", None, 10**9])
def test_a_count_that_cannot_be_is_refused_and_changes_nothing(value: object) -> None:
    found = incident(5)
    by = actor("330212-regulator")
    before = table_checksums()
    fact = NewFact(kind=FactKind.ILLNESS, value=value, as_of=NOON, count_kind=CountKind.TOTAL)
    with pytest.raises(PlanRefusal) as refused:
        record_facts(incident=found, entries=[fact], by=by, at=LATER)
    assert refused.value.code == "count_out_of_range"
    assert table_checksums() == before


def test_a_fact_of_the_future_is_refused() -> None:
    found = incident(5)
    with pytest.raises(PlanRefusal) as refused:
        add(found, people(6, at=LATER + timedelta(seconds=1)))
    assert refused.value.code == "time_in_future"


@pytest.mark.clause(24)
def test_the_spread_of_the_food_with_serious_harm_is_major() -> None:
    found = incident(12)
    add(
        found,
        NewFact(kind=FactKind.CONTAMINATED_FOOD, value=True, as_of=LATER),
        NewFact(kind=FactKind.COUNTIES, value=2, as_of=LATER),
        NewFact(kind=FactKind.HEALTH_DAMAGE, value="serious", as_of=LATER),
    )
    assert level(found) == "III"
    assert found.assessments.latest("pk").clauses == ["2.3(1)"]


@pytest.mark.clause(26)
def test_a_determination_is_recorded_by_the_office_with_its_document() -> None:
    found = incident(5)
    determination = NewFact(
        kind=FactKind.DETERMINATION, value={"body": "city", "document": "甬政〔2026〕1号"}, as_of=LATER
    )
    with pytest.raises(PlanRefusal) as refused:
        add(found, determination)
    assert (refused.value.code, refused.value.status) == ("finding_needs_office", 403)
    add(found, determination, office="city-fso")
    assert level(found) == "III"


def test_a_determination_without_its_document_is_refused() -> None:
    found = incident(5)
    bare = NewFact(kind=FactKind.DETERMINATION, value={"body": "city"}, as_of=LATER)
    with pytest.raises(PlanRefusal) as refused:
        add(found, bare, office="city-fso")
    assert refused.value.code == "determination_incomplete"


@pytest.mark.clause(97)
def test_another_county_records_nothing_until_it_is_involved() -> None:
    found = incident(5)
    with pytest.raises(PlanRefusal) as refused:
        add(found, people(8, at=LATER), office=f"{HAISHU}-regulator")
    assert (refused.value.code, refused.value.status) == ("outside_jurisdiction", 403)
    involve_county(
        incident=found, county=county(HAISHU), role=CountyRole.HARM, by=actor("330212-regulator"), at=LATER
    )
    own = people(8, at=LATER, count_kind=CountKind.OWN)
    add(found, own, office=f"{HAISHU}-regulator")
    assert found.assessments.latest("pk").counted["illness_count"] == 13


def test_a_total_may_only_include_statements_that_stand() -> None:
    found = incident(5)
    with pytest.raises(PlanRefusal) as refused:
        add(found, people(9, at=LATER, includes=(10**6,)))
    assert refused.value.code == "included_fact_gone"
    add(found, people(9, at=LATER, includes=(ill_fact(found).pk,)))
    assert found.assessments.latest("pk").counted["illness_count"] == 9
