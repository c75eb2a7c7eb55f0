"""Records that continue others: samples from hand to hand, and mistaken ones taken back (6.3.4, 5.1)."""

from functools import partial
from typing import Any

import pytest

from audit.verify import verify
from incidents.models import Incident
from response.actions.group_reports import report_of_group
from response.actions.measures import retract_measure
from response.actions.tasks import enter_task
from response.models import MeasureRecord, TaskState
from tests.support.groups import group_of, headquarters
from tests.support.measures import AFTERWARDS, REGULATOR, recorded_for_doors, refused, taken
from tests.support.people import actor
from tests.support.reports import NOON, incident, minutes

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Incident:
    """An incident of 45 ill."""
    return incident(45)


@pytest.mark.clause(135)
def test_a_sample_goes_from_hand_to_hand_into_a_laboratory_before_it_has_a_result(case: Incident) -> None:
    sample = taken(case, "sample", at=NOON + minutes(30))
    early = refused(lambda: taken(case, "sample_handover", about=sample, at=NOON + minutes(29)))
    assert (early.code, early.status) == ("sample_step_too_early", 422)
    taken(case, "sample_handover", about=sample, at=NOON + minutes(40), to_holder="押运车")
    refusal = refused(lambda: taken(case, "sample_result", about=sample, at=NOON + minutes(50)))
    assert (refusal.code, refusal.status) == ("sample_not_at_laboratory", 409)
    taken(
        case,
        "sample_handover",
        "330212-cdc",
        about=sample,
        at=NOON + minutes(60),
        to_holder="市疾控中心实验室",
        is_laboratory=True,
    )
    assert refused(lambda: taken(case, "sample_result", about=sample, at=NOON + minutes(59))).status == 422
    assert taken(case, "sample_result", about=sample, at=NOON + minutes(60)).about == sample


def test_a_step_continues_a_record_of_its_incident_that_stands(case: Incident) -> None:
    sample = taken(case, "sample")
    seal = taken(case, "seal")
    other = taken(incident(5, place_text="另一家饭店", at=NOON + minutes(1)), "sample")
    for about in (None, seal, other):
        refusal = refused(partial(taken, case, "sample_handover", about=about))
        assert refusal.code == "measure_follows_nothing"
    retract_measure(record=sample, reason="重复登记", by=actor(REGULATOR), at=AFTERWARDS)
    assert refused(lambda: taken(case, "sample_handover", about=sample)).code == "measure_follows_nothing"


def test_a_mistaken_record_is_taken_back_once_by_its_office_for_a_reason(case: Incident) -> None:
    sample = taken(case, "sample")
    step = taken(case, "sample_handover", about=sample)
    city = actor("city-regulator")
    here = actor(REGULATOR)

    def retract(record: MeasureRecord, reason: str = "写错", by: Any = here) -> MeasureRecord:
        return retract_measure(record=record, reason=reason, by=by, at=AFTERWARDS)

    assert refused(lambda: retract(sample)).code == "measure_has_steps"
    assert refused(lambda: retract(step, " ")).code == "retraction_without_reason"
    assert refused(lambda: retract(step, by=city)).status == 403
    retract(step)
    assert refused(lambda: retract(step)).code == "measure_already_retracted"
    retract(sample)
    assert MeasureRecord.objects.filter(retracts__isnull=False).count() == 2


@pytest.mark.clause(90)
def test_the_log_vouches_for_what_every_record_says(case: Incident) -> None:
    sample = taken(case, "sample")
    taken(case, "sample_handover", about=sample, is_laboratory=True)
    taken(case, "contamination")
    wrong = taken(case, "seal")
    retract_measure(record=wrong, reason="写错", by=actor(REGULATOR), at=AFTERWARDS)
    enter_task(
        incident=case,
        code="recall",
        state=TaskState.NOT_APPLICABLE,
        note="已食用",
        by=actor(REGULATOR),
        at=AFTERWARDS,
    )
    recorded_for_doors(case)
    group = group_of(headquarters(at=AFTERWARDS), at=AFTERWARDS)
    report_of_group(group=group, content="已采样", by=actor("city-regulator"), at=AFTERWARDS)
    found = verify()
    assert (found.breaks, found.sealed > 10) == ([], True)
