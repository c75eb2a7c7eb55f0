"""Hospitals hear of their patients whoever put them on record; a suspected agent is no finding (6.3.1, 6.4.2(1))."""

from datetime import timedelta

import pytest
from django.db.models import QuerySet

from incidents.actions.facts import NewFact, record_facts
from incidents.models import FactKind, Incident
from outbox.models import Message
from response.actions.patients import register_line_lists, transfer_patient
from response.models import Patient
from response.selectors.recovery import recovery_of
from tests.support.hospital import Hospital, case, cluster
from tests.support.patients import HEALTH, HOSPITAL, OTHER_HOSPITAL, enter
from tests.support.people import actor, organisation
from tests.support.reports import NOON, incident

pytestmark = pytest.mark.django_db
DAY = timedelta(hours=24)


def told_of_patients() -> QuerySet[Message]:
    return Message.objects.filter(title__contains="登记了贵院收治的患者")


@pytest.mark.clause(126)
def test_a_hospital_is_told_of_its_patients_whichever_way_another_put_them_on_record() -> None:
    hospital = Hospital()
    hospital.send(cluster(2, cases=[case(1), case(2)]))
    found, later = Incident.objects.get(), NOON + timedelta(days=3650)
    register_line_lists(incident=found, by=actor(HEALTH), at=later)
    assert list(told_of_patients().values_list("recipient", flat=True)) == [HOSPITAL]
    assert register_line_lists(incident=found, by=actor(HEALTH), at=later) == []
    assert told_of_patients().count() == 1
    (patient, _other) = Patient.objects.order_by("pk")
    to = organisation(OTHER_HOSPITAL)
    said = {"patient": patient, "hospital": to, "local_id": "B-9", "happened_at": later, "at": later}
    transfer_patient(**said, by=actor(HOSPITAL))  # type: ignore[arg-type]
    assert told_of_patients().filter(recipient=OTHER_HOSPITAL).count() == 1


@pytest.mark.clause(154)
@pytest.mark.parametrize(
    ("stated", "reason"),
    [
        (None, "致病因子不明或其潜伏期未经专家确认"),
        ("SALM", "可疑致病因子“非伤寒沙门氏菌”尚未判定"),
        ("大肠埃希氏菌", "可疑致病因子“大肠埃希氏菌”尚未判定，且不在潜伏期表中"),
    ],
)
def test_a_suspected_agent_is_no_finding_and_the_reason_says_what_is_missing(
    stated: str | None, reason: str
) -> None:
    found = incident(1)
    enter(found, "A1")
    if stated is not None:
        fact = NewFact(kind=FactKind.SUSPECT_AGENT, value=stated, as_of=NOON)
        record_facts(incident=found, entries=[fact], by=actor("city-fso"), at=NOON)
    assert recovery_of(Incident.objects.get(), NOON + DAY * 90).reasons_zh == (reason,)
