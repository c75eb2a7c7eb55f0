"""Patients of line lists for tests, sent by hospitals' systems."""

from typing import Any

from incidents.models import Case
from reporting.identity import check_digit
from tests.support.hospital import Hospital, case, cluster

PLACE = "甬江饭店"


def citizen(number: int) -> str:
    """An identity number that could be somebody's."""
    first = f"3302121990{1 + number // 1000:02d}01{number % 1000:03d}"
    return first + check_digit(first)


def known(number: int, **more: Any) -> dict[str, Any]:
    """A patient whose identity number the hospital gives."""
    return case(number, personal={"name": f"病人{number}", "id_number": citizen(number)}, **more)


def alike(number: int, **more: Any) -> dict[str, Any]:
    """A patient without a number, named like others."""
    return case(number, personal={"name": "王小明", "birth_on": "1990-01-01", "phone": "13957400001"}, **more)


def send_list(
    hospital: Hospital, cases: list[dict[str, Any]], *, place: str = PLACE, **more: Any
) -> dict[str, Any]:
    """What the product answers to a line list."""
    onsets = {"first_onset_at": None, "last_onset_at": None}
    answer = hospital.send(
        cluster(None, place={"name": place, "county": "330212"}, cases=cases, **onsets, **more)
    )
    assert answer.status_code == 201, answer.content.decode()
    found: dict[str, Any] = answer.json()
    return found


def listed_for_doors(hospital: Hospital) -> tuple[str, dict[str, int]]:
    """An incident's number with two records that may be one patient, by the address of what may be done about them."""
    number = send_list(hospital, [alike(1), alike(2)], place="东钱湖酒店", reference="ED-2")["incident"][
        "number"
    ]
    first, second = Case.objects.filter(fact__incident__number=number).order_by("pk")
    pks = {"response:case_person": first.pk, "response:same_person": first.pk, "other case": second.pk}
    return number, pks
