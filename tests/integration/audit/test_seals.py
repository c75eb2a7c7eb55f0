"""The log vouches for what evidence rows say: one changed behind its back is named (5.1)."""

from datetime import timedelta

import pytest
from django.db import connection

from audit.clock import database_now
from audit.models import AuditEvent, Sealed
from audit.seals import disclosed
from audit.verify import verify
from incidents.actions.facts import correct_fact
from incidents.actions.findings import find_not_an_incident
from incidents.actions.merging import merge_incidents, split_incident
from incidents.fixing import fix_level
from incidents.models import AssessmentRecord, Fact, LevelConfirmation
from plan.levels import IncidentLevel
from reporting.actions.excuses import lodge_oral_explanation
from reporting.actions.firing import fire_due
from reporting.models import Delivery, StageEvent
from response.models import CommandEntry
from tests.support.clocks import deliver, major
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor, organisation
from tests.support.reports import incident as small_incident

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90)]


@pytest.fixture(autouse=True)
def story() -> None:
    """Every kind of sealed row, by every action that writes one."""
    at = database_now()
    found = major(at=at - timedelta(minutes=40))
    deliver(found, at - timedelta(minutes=20), at=at)
    while fire_due(source="test", at=at):
        pass
    fix_level(incident=found, level=IncidentLevel.III, by=actor("city-fso"), at=at)
    stated = Fact.objects.filter(incident=found, kind="illness_count").latest("pk")
    correct_fact(fact=stated, value=130, reason="核对名单", by=actor("330212-regulator"), at=at)
    lodge_oral_explanation(
        incident=found,
        bearer=organisation("330212-gov"),
        recipients=[organisation("city-duty")],
        lodged_at=at,
        reason="停电",
        receiver="陈值班",
        by=actor("330212-regulator"),
        at=at,
    )
    part = small_incident(5, at=at, place_text="分店")
    merge_incidents(whole=found, part=part, reason="同源", by=actor("city-fso"), at=at)
    split_incident(part=part, reason="不同源", by=actor("city-fso"), at=at)
    other = small_incident(5, at=at, place_text="另一家")
    find_not_an_incident(incident=other, reason="个体不适", by=actor("city-fso"), at=at)
    Hospital().send(cluster(60))


def named() -> set[tuple[str, str]]:
    return {(link.chain.partition(":")[0], link.reason) for link in verify().breaks}


def tamper(table: str, statement: str, *parameters: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement, parameters)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_every_sealed_row_of_a_story_is_on_record_as_it_reads_now() -> None:
    assert verify().breaks == []
    for model in (AssessmentRecord, Delivery, Fact, LevelConfirmation, StageEvent):
        assert issubclass(model, Sealed)
        assert model._default_manager.exists(), model


def test_a_changed_number_is_named() -> None:
    fact = Fact.objects.filter(kind="illness_count").earliest("pk")
    tamper("incidents_fact", "UPDATE incidents_fact SET value = '15' WHERE id = %s", fact.pk)
    assert named() == {("incident", f"incidents.fact:{fact.pk} no longer says what was recorded")}


def test_a_changed_name_that_may_not_leave_the_house_is_named() -> None:
    call = Delivery.objects.exclude(receiver="").earliest("pk")
    tamper("reporting_delivery", "UPDATE reporting_delivery SET receiver = '别人' WHERE id = %s", call.pk)
    assert named() == {("incident", f"reporting.delivery:{call.pk} no longer says what was recorded")}
    kept = AuditEvent.objects.filter(subject=f"delivery:{call.pk}").get().payload
    assert call.receiver not in kept


def test_a_row_that_is_gone_is_named() -> None:
    made = LevelConfirmation.objects.earliest("pk")
    tamper("incidents_levelconfirmation", "DELETE FROM incidents_levelconfirmation WHERE id = %s", made.pk)
    assert named() == {("incident", f"incidents.levelconfirmation:{made.pk} is gone")}


def test_a_row_that_no_action_wrote_is_named() -> None:
    fact = Fact.objects.filter(kind="illness_count").earliest("pk")
    fact.pk = None
    fact.save(force_insert=True)
    assert named() == {("sealed rows", f"incidents.fact:{fact.pk} is not on record")}


def test_a_field_that_came_later_is_no_part_of_what_older_rows_say() -> None:
    entry = CommandEntry(title="封存", text="立即封存", issued_at=database_now())
    assert {"number", "details"}.isdisjoint(disclosed(entry, withheld=entry.withheld))
    entry.number, entry.details = "1号", {"options": "甲", "decided_by": "会议"}
    said = disclosed(entry, withheld=entry.withheld)
    assert said["number"] == "1号"
    entry.details = {"decided_by": "会议", "options": "甲"}
    assert disclosed(entry, withheld=entry.withheld) == said
