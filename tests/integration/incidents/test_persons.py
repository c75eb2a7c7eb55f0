"""Each patient once: sent by two hospitals, twice, or by a transfer (A12; 2.3(2))."""

from typing import Any

import pytest

from audit.models import AuditEvent
from incidents.actions.persons import decide_same_person, unmask_case
from incidents.crossing import crossing
from incidents.doubles import likely_doubles
from incidents.models import Case, Incident
from incidents.selectors import current_facts, latest_assessment
from plan.refusal import PlanRefusal
from reporting.identity import check_digit
from tests.support.checksums import table_checksums
from tests.support.hospital import Hospital, ago, case, cluster, moment
from tests.support.people import actor
from tests.support.reports import restaurant

pytestmark = [pytest.mark.django_db, pytest.mark.clause(25)]

PLACE = {"name": "甬江饭店"}
REASON = "电话核实"


def citizen(number: int) -> str:
    first = f"33021219900101{number:03d}"
    return first + check_digit(first)


def known(number: int, **more: Any) -> dict[str, Any]:
    """A patient whose identity number the hospital gives."""
    return case(number, personal={"name": f"病人{number}", "id_number": citizen(number)}, **more)


def send(hospital: Hospital, cases: list[dict[str, Any]], reference: str = "ED-1", revision: int = 1) -> Any:
    onsets = {"first_onset_at": None, "last_onset_at": None}
    body = cluster(None, reference=reference, revision=revision, place=PLACE, cases=cases, **onsets)
    answer = hospital.send(body)
    assert answer.status_code == 201, answer.content.decode()
    return answer.json()


def ill() -> int:
    return int(counted()["illness_count"])


def counted() -> dict[str, Any]:
    found = latest_assessment(Incident.objects.get())
    assert found is not None
    said: dict[str, Any] = found.counted
    return said


@pytest.fixture
def hospitals() -> tuple[Hospital, Hospital]:
    restaurant(PLACE["name"])
    return Hospital("hosp-yinzhou-people"), Hospital("hosp-lihuili")


def test_a_patient_sent_by_two_hospitals_is_one_and_both_records_stay(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    send(one, [known(n) for n in range(60)])
    send(other, [known(n) for n in range(21, 100)])
    assert ill() == 100
    assert latest_assessment(Incident.objects.get()).level == "III"  # type: ignore[union-attr]
    assert Case.objects.count() == 139


def test_one_short_of_a_hundred_persons_is_no_major_incident(hospitals: tuple[Hospital, Hospital]) -> None:
    one, other = hospitals
    send(one, [known(n) for n in range(60)])
    answer = send(other, [known(n) for n in range(21, 99)])
    assert (ill(), answer["incident"]["proposed_level"]["code"]) == (99, "IV")
    assert crossing(Incident.objects.get()) is None


def test_a_revision_that_adds_the_numbers_takes_the_doubles_back(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    send(one, [known(n) for n in range(10)])
    send(other, [case(n) for n in range(10)])
    assert ill() == 20
    send(other, [known(n) for n in range(10)], revision=2)
    assert ill() == 10


def test_somebody_listed_twice_by_one_hospital_is_one(hospitals: tuple[Hospital, Hospital]) -> None:
    twice = known(1) | {"local_id": "again"}
    send(hospitals[0], [known(1), twice, known(2)])
    assert ill() == 2


def test_a_death_reported_by_both_hospitals_of_a_transfer_is_one(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    send(one, [known(1), known(2)])
    send(other, [known(2, outcome="dead", died_at=ago(5))])
    assert (ill(), counted()["death_count"]) == (2, 1)
    send(one, [known(1), known(2, outcome="dead")], revision=2)
    assert (ill(), counted()["death_count"]) == (2, 1)


def test_the_crossing_is_the_onset_of_the_hundredth_person(hospitals: tuple[Hospital, Hospital]) -> None:
    one, other = hospitals
    onsets = [ago(200 - n) for n in range(101)]
    send(one, [known(n, onset_at=onsets[n]) for n in range(60)])
    send(other, [known(n, onset_at=onsets[n]) for n in range(50, 101)])
    reached = crossing(Incident.objects.get())
    assert reached is not None
    assert (reached.earliest, reached.latest) == (moment(onsets[99]), moment(onsets[99]))


@pytest.mark.parametrize("number", ["", "无", "不详", "000000000000000000", "330212199001010000", "123456"])
def test_what_is_no_identity_number_makes_nobody_one(
    hospitals: tuple[Hospital, Hospital], number: str
) -> None:
    one, other = hospitals
    send(one, [case(1, personal={"id_number": number})])
    send(other, [case(2, personal={"id_number": number})])
    assert ill() == 2


def test_the_same_number_is_read_however_it_is_written(hospitals: tuple[Hospital, Hospital]) -> None:
    one, other = hospitals
    number = next(citizen(n) for n in range(999) if citizen(n).endswith("X"))
    send(one, [case(1, personal={"id_number": number})])
    full_width = number.lower().translate({ord(str(n)): 0xFF10 + n for n in range(10)})
    send(other, [case(2, personal={"id_number": f" {full_width[:6]} {full_width[6:]}"})])
    assert ill() == 1
    assert set(Case.objects.values_list("masked_identity", flat=True)) == {"*" * 14 + number[-4:]}


def alike(number: int, **more: Any) -> dict[str, Any]:
    return case(number, personal={"name": "王小明", "birth_on": "1990-01-01", "phone": "13957400001"}, **more)


def test_without_a_number_a_double_is_proposed_and_a_person_decides_reversibly(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    send(one, [alike(1), case(2)])
    send(other, [alike(7)])
    found = Incident.objects.get()
    (double,) = likely_doubles(list(current_facts([found.pk])))
    assert (ill(), double.grounds) == (3, ("电话相同", "姓名和出生日期相同", "姓名和性别相同"))
    pair: dict[str, Any] = {"first": double.first, "second": double.second, "by": actor("city-fso")}
    decide_same_person(**pair, is_same=True, reason=REASON, at=moment(ago(0)))
    assert (ill(), likely_doubles(list(current_facts([found.pk])))) == (2, [])
    send(one, [alike(1), case(2)], revision=2)
    assert ill() == 2
    decide_same_person(**pair, is_same=False, reason="姓名相同的另一人", at=moment(ago(0)))
    assert ill() == 3


def test_records_that_something_speaks_against_are_not_proposed(hospitals: tuple[Hospital, Hospital]) -> None:
    one, other = hospitals
    send(one, [alike(1, age=30)])
    send(other, [alike(2, age=32), alike(3, age=30, sex="male") | {"personal": {"phone": "13957400001"}}])
    assert likely_doubles(list(current_facts([Incident.objects.get().pk]))) == []


@pytest.mark.parametrize(
    ("office", "reason", "code"),
    [
        ("330212-regulator", REASON, "outside_jurisdiction"),
        ("330212-health", REASON, "office_lacks_right"),
        ("city-fso", " ", "person_without_reason"),
    ],
)
def test_a_finding_that_is_refused_changes_nothing(office: str, reason: str, code: str) -> None:
    restaurant(PLACE["name"])
    send(Hospital("hosp-yinzhou-people"), [alike(1)])
    send(Hospital("hosp-cixi-people"), [alike(2)])
    first, second = Case.objects.order_by("pk")
    by, before = actor(office), table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        decide_same_person(first=first, second=second, is_same=True, reason=reason, by=by, at=moment(ago(0)))
    assert (refused.value.code, table_checksums()) == (code, before)


def test_numbers_that_differ_are_two_people_whatever_somebody_finds(
    hospitals: tuple[Hospital, Hospital],
) -> None:
    one, other = hospitals
    send(one, [known(1)])
    send(other, [known(2)])
    first, second = Case.objects.order_by("pk")
    with pytest.raises(PlanRefusal, match="证件号不同"):
        decide_same_person(
            first=first, second=second, is_same=True, reason=REASON, by=actor("city-fso"), at=moment(ago(0))
        )


def test_a_patient_is_unmasked_for_a_reason_that_goes_on_record() -> None:
    restaurant(PLACE["name"])
    send(Hospital("hosp-cixi-people"), [known(1)])
    (found,) = Case.objects.all()
    at = moment(ago(0))
    assert unmask_case(case=found, reason=REASON, by=actor("330282-health"), at=at) == {
        "name": "病人1",
        "id_number": citizen(1),
    }
    event = AuditEvent.objects.get(action="incidents.unmask_case")
    assert REASON in event.payload
    assert "病人1" not in event.payload
    tries = [(actor("330212-health"), REASON), (actor("city-duty"), REASON), (actor("city-health"), "")]
    before = table_checksums()
    for by, reason in tries:
        with pytest.raises(PlanRefusal):
            unmask_case(case=found, reason=reason, by=by, at=at)
    assert table_checksums() == before
