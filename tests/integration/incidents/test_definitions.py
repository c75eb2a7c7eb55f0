"""The case definition: who of the listed counts as 发病人数, version by version, and each version grades anew (A12)."""

from datetime import timedelta
from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.actions.definitions import Criteria, define_cases
from incidents.actions.facts import record_facts
from incidents.actions.merging import merge_incidents, split_incident
from incidents.crossing import crossing
from incidents.models import CaseDefinition, Certainty, Fact, FactKind, Incident, SymptomRule
from incidents.selectors import latest_assessment
from tests.integration.incidents.test_persons import PLACE, known, send
from tests.support.hospital import Hospital, ago, case, moment
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import incident, people, restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(25)]

OFFICE, ELSEWHERE = "330212-fso", "330203-fso"
SICK = {"symptoms": ["腹泻"]}


@pytest.fixture
def hospitals() -> tuple[Hospital, Hospital]:
    restaurant(PLACE["name"])
    return Hospital("hosp-yinzhou-people"), Hospital("hosp-lihuili")


def define(criteria: Criteria, found: Incident | None = None, office: str = OFFICE) -> CaseDefinition:
    return define_cases(
        incident=found or Incident.objects.earliest("pk"),
        criteria=criteria,
        reason="流行病学调查",
        by=actor(office),
        at=moment(ago(0)),
    )


def counted(found: Incident | None = None) -> tuple[int, str]:
    made = latest_assessment(found or Incident.objects.earliest("pk"))
    assert made is not None
    return made.counted["illness_count"], made.level


DIARRHOEA = Criteria(symptoms=("腹泻",))
CASES: dict[str, tuple[Criteria, dict[str, Any], bool]] = {
    "a symptom asked for": (DIARRHOEA, SICK, True),
    "another symptom": (DIARRHOEA, {"symptoms": ["头痛"]}, False),
    "no symptom stated": (DIARRHOEA, {}, True),
    "one of two where both are asked": (
        Criteria(symptoms=("腹泻", "发热"), symptom_rule=SymptomRule.ALL),
        SICK,
        False,
    ),
    "a class that counts": (Criteria(counts=(Certainty.CONFIRMED,)), {"certainty": "confirmed"}, True),
    "a class that does not": (Criteria(counts=(Certainty.CONFIRMED,)), {"certainty": "probable"}, False),
    "secondary counted": (Criteria(), {"is_secondary": True}, True),
    "secondary left out": (Criteria(counts_secondary=False), {"is_secondary": True}, False),
    "the place": (Criteria(place="甬江"), {"exposures": [{"place_eaten": "甬江 饭店"}]}, True),
    "the place it was made": (Criteria(place="甬江"), {"exposures": [{"place_made": "甬江饭店"}]}, True),
    "another place": (Criteria(place="甬江"), {"exposures": [{"place_eaten": "东海饭店"}]}, False),
    "a place not stated": (Criteria(place="甬江"), {"exposures": [{"food": "凉菜"}]}, True),
    "confirmed by the agent": (
        Criteria(agent="副溶血性弧菌", counts=(Certainty.CONFIRMED,)),
        {"specimens": [{"kind": "粪便", "result": "阳性", "agent": "副溶血性弧菌O3:K6"}]},
        True,
    ),
    "a negative specimen": (
        Criteria(agent="副溶血性弧菌", counts=(Certainty.CONFIRMED,)),
        {
            "specimens": [{"kind": "粪便", "result": "阴性", "agent": "副溶血性弧菌"}],
            "certainty": "confirmed",
        },
        False,
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_only_what_is_stated_speaks_against_a_patient(
    name: str, hospitals: tuple[Hospital, Hospital]
) -> None:
    criteria, stated, is_case = CASES[name]
    send(hospitals[0], [known(1), known(2, **stated)])
    definition = define(criteria if criteria != Criteria() else Criteria(onset_from=moment(ago(999))))
    assert definition.version == 1
    silent = 0 if criteria.counts == (Certainty.CONFIRMED,) else 1
    assert counted()[0] == silent + is_case


def test_windows_take_their_first_and_last_minute_in(hospitals: tuple[Hospital, Hospital]) -> None:
    first, last = moment(ago(100)), moment(ago(50))
    second = timedelta(seconds=1)
    onsets = [first - second, first, last, last + second]
    send(hospitals[0], [known(n, onset_at=each.isoformat()) for n, each in enumerate(onsets)])
    define(Criteria(onset_from=first, onset_until=last))
    assert counted()[0] == 2
    eaten = [{"exposures": [{"eaten_at": each.isoformat()}]} for each in onsets]
    send(hospitals[0], [known(n, **each) for n, each in enumerate(eaten)], revision=2)
    define(Criteria(exposed_from=first, exposed_until=last))
    assert counted()[0] == 2


def test_a_version_lowers_the_level_and_the_next_raises_it_again(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    onsets = [ago(200 - n) for n in range(100)]
    send(one, [known(n, onset_at=onsets[n], **SICK) for n in range(60)])
    send(other, [known(n, onset_at=onsets[n], symptoms=["头痛"]) for n in range(59, 100)])
    assert counted() == (100, "III")
    define(DIARRHOEA)
    # The one of both hospitals has both symptoms.
    assert counted() == (60, "IV")
    found = Incident.objects.get()
    assert crossing(found) is None
    define(Criteria(symptoms=("腹泻", "头痛")))
    assert counted() == (100, "III")
    reached = crossing(found)
    assert reached is not None
    assert reached.latest == moment(onsets[99])
    versions = CaseDefinition.objects.order_by("pk").values_list("version", flat=True)
    assert list(versions) == [1, 2]
    assert AuditEvent.objects.filter(action="incidents.define_cases").count() == 2


def test_the_dead_and_the_severe_who_are_no_cases_do_not_count(hospitals: tuple[Hospital, Hospital]) -> None:
    send(hospitals[0], [known(1, **SICK), known(2, symptoms=["头痛"], outcome="dead", is_severe=True)])
    made = latest_assessment(Incident.objects.get())
    assert made is not None
    assert made.counted["death_count"] == 1
    define(DIARRHOEA)
    made = latest_assessment(Incident.objects.get())
    assert made is not None
    assert (made.counted["illness_count"], made.counted["death_count"]) == (1, 0)


def test_counts_without_a_line_list_stay_as_stated() -> None:
    found = incident(45)
    define_cases(incident=found, criteria=DIARRHOEA, reason="调查", by=actor(OFFICE), at=moment(ago(0)))
    assert counted(found)[0] == 45


def test_growth_beside_a_total_is_measured_in_cases(hospitals: tuple[Hospital, Hospital]) -> None:
    listed = [known(1, **SICK), known(2, symptoms=["头痛"])]
    send(hospitals[0], listed)
    found = Incident.objects.get()
    named = Fact.objects.get(kind=FactKind.ILLNESS).statement_id
    now = moment(ago(0))
    entries = [people(10, at=now, includes=(named,))]
    record_facts(incident=found, entries=entries, by=actor(OFFICE), at=now)
    define(DIARRHOEA)
    assert counted()[0] == 10
    send(hospitals[0], [*listed, known(3, **SICK)], revision=2)
    assert counted()[0] == 11


def test_the_wholes_definition_holds_for_what_is_merged_and_the_parts_own_comes_back(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    send(hospitals[0], [known(1, **SICK), known(2, symptoms=["头痛"])])
    part = incident(3, at=moment(ago(0)), place_text="另一处")
    whole = Incident.objects.earliest("pk")
    define(DIARRHOEA, part, OFFICE)
    assert (counted(whole)[0], counted(part)[0]) == (2, 3)
    given: dict[str, Any] = {"reason": "同一批食品", "by": actor("city-fso"), "at": moment(ago(0))}
    merge_incidents(whole=part, part=whole, **given)
    assert counted(part)[0] == 4
    split_incident(part=whole, **given)
    assert counted(whole)[0] == 2


def test_what_is_refused_changes_nothing(hospitals: tuple[Hospital, Hospital]) -> None:
    send(hospitals[0], [case(1)])
    for office in (OFFICE, ELSEWHERE, "330212-regulator"):
        actor(office)
    with refused("outside_jurisdiction", 403, "5.1(7)"):
        define(DIARRHOEA, office=ELSEWHERE)
    with refused("office_lacks_right", 403, "3.2"):
        define(DIARRHOEA, office="330212-regulator")
    with refused("definition_counts_nobody", 422, "2.3(2)"):
        define(Criteria(counts=()))
    with refused("definition_symptom_unknown", 422, "2.3(2)"):
        define(Criteria(symptoms=("拉肚子",)))
    later, earlier = moment(ago(1)), moment(ago(2))
    with refused("definition_window_invalid", 422, "2.3(2)"):
        define(Criteria(onset_from=later, onset_until=earlier))
    with refused("definition_window_invalid", 422, "2.3(2)"):
        define(Criteria(exposed_from=moment(ago(-1))))
    define(DIARRHOEA)
    with refused("definition_unchanged", 409, "2.3(2)"):
        define(DIARRHOEA)
