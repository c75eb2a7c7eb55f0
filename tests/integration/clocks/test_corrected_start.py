"""A corrected 事发 recalculates the clocks and keeps the old verdict and what had fired (A16, A17, A48)."""

import pytest

from audit.models import AuditEvent
from incidents.actions.facts import correct_fact, record_facts
from incidents.models import Fact, FactKind, Incident
from plan.refusal import PlanRefusal
from reporting.actions.clocks import fire_due
from reporting.models import StageEvent
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.clocks import after, deliver, leg, major
from tests.support.people import actor
from tests.support.reports import NOON, incident, people

pytestmark = [pytest.mark.django_db, pytest.mark.clause(90, 101)]
DESK = "330212-regulator"


def a_death(minute: float = 10) -> tuple[Incident, Fact]:
    """Five ill; one dies at a minute, which makes it Ⅲ."""
    found = incident(5)
    died = people(1, FactKind.DEATHS, at=after(20), happened_latest=after(minute))
    (fact,) = record_facts(incident=found, entries=[died], by=actor(DESK), at=after(20))
    return found, fact


def test_a_corrected_time_of_death_makes_new_clocks_and_keeps_the_old_verdict() -> None:
    found, fact = a_death()
    fire_due(source="test", at=after(71))
    assert leg(found, at=after(71)).verdict.state == VerdictState.MISSED
    fired = list(StageEvent.objects.order_by("pk").values_list("pk", flat=True))
    right = correct_fact(
        fact=fact,
        value=1,
        happened_earliest=after(15),
        happened_latest=after(18),
        reason="以死亡证明为准",
        by=actor(DESK),
        at=after(75),
    )
    assert (right.corrects, right.value, right.happened_latest) == (fact, 1, after(18))
    moved = leg(found, at=after(75))
    assert (moved.obligation.version, moved.obligation.crossing_id) == (2, right.pk)
    assert (moved.obligation.urgent_limit_at, moved.obligation.limit_at) == (after(75), after(78))
    assert moved.verdict.state == VerdictState.RUNNING_PAST_TARGET
    (old,) = moved.history
    assert (old.verdict.state, old.obligation.limit_at) == (VerdictState.MISSED, after(70))
    assert [event.stage for event in old.stages] == ["reminder", "target_missed", "limit_passed"]
    assert list(StageEvent.objects.filter(pk__in=fired).order_by("pk").values_list("pk", flat=True)) == fired
    signed = AuditEvent.objects.get(action="incidents.correct_fact")
    assert (signed.office, right.reason) == (DESK, "以死亡证明为准")


def test_one_end_alone_can_be_corrected_and_what_is_left_out_stays() -> None:
    _found, fact = a_death()
    right = correct_fact(
        fact=fact, value=1, happened_earliest=after(5), reason="发现时已死亡", by=actor(DESK), at=after(30)
    )
    assert (right.happened_earliest, right.happened_latest) == (after(5), after(10))
    same = correct_fact(fact=right, value=2, reason="又一例", by=actor(DESK), at=after(31))
    assert (same.happened_earliest, same.happened_latest) == (after(5), after(10))


def test_a_report_that_was_late_can_be_in_time_after_the_correction_and_both_are_shown() -> None:
    found = major()
    deliver(found, after(65))
    assert leg(found, at=after(66)).verdict.state == VerdictState.LATE
    stated = Fact.objects.get(incident=found, kind=FactKind.OCCURRED)
    interval = {"earliest": NOON.isoformat(), "latest": after(20).isoformat()}
    correct_fact(fact=stated, value=interval, reason="首例时间有误", by=actor(DESK), at=after(90))
    view = leg(found, at=after(91))
    assert (view.verdict.state, view.obligation.limit_at) == (VerdictState.MET, after(80))
    assert view.history[0].verdict.state == VerdictState.LATE


def test_a_refused_correction_changes_nothing() -> None:
    _found, fact = a_death()
    before = table_checksums()
    for times, reason, code in (
        ({"happened_latest": after(31)}, "笔误", "time_in_future"),
        ({"happened_earliest": after(11)}, "笔误", "happened_interval_invalid"),
        ({"happened_latest": after(12)}, "", "correction_without_reason"),
    ):
        with pytest.raises(PlanRefusal) as refused:
            correct_fact(fact=fact, value=1, **times, reason=reason, by=actor(DESK), at=after(30))
        assert refused.value.code == code
    assert table_checksums() == before
