"""The checklist: measures and duties, each going on, done, or not applicable because (3.4, 6.3)."""

import pytest

from incidents.models import Incident
from plan.checklist import CHECKLIST
from response.actions.tasks import enter_task
from response.models import TaskEntry, TaskState
from tests.support.measures import AFTERWARDS, HEALTH, OFFICE, REGULATOR, refused
from tests.support.people import actor
from tests.support.reports import incident

pytestmark = pytest.mark.django_db


def entered(case: Incident, code: str, state: TaskState, by: str = REGULATOR, **more: str) -> TaskEntry:
    return enter_task(incident=case, code=code, state=state, **more, by=actor(by), at=AFTERWARDS)


@pytest.mark.clause(125)
def test_what_does_not_apply_says_why() -> None:
    case = incident(45)
    refusal = refused(lambda: entered(case, "recall", TaskState.NOT_APPLICABLE))
    assert (refusal.code, refusal.status, refusal.clause) == ("not_applicable_without_reason", 422, "6.3.2")
    assert entered(case, "recall", TaskState.NOT_APPLICABLE, note="可疑食品已全部食用").note


@pytest.mark.clause(60, 67)
@pytest.mark.parametrize(
    ("code", "by"), [("investigation:conclusion", REGULATOR), ("medical:treatment_plan", HEALTH)]
)
def test_a_deliverable_is_done_when_its_document_is_named(code: str, by: str) -> None:
    case = incident(45)
    entered(case, code, TaskState.ONGOING, by)
    assert refused(lambda: entered(case, code, TaskState.DONE, by), by).code == "deliverable_without_document"
    assert entered(case, code, TaskState.DONE, by, document="甬市监调〔2026〕3号").document


@pytest.mark.clause(53, 65, 69, 71)
@pytest.mark.parametrize(
    ("code", "may", "may_not"),
    [
        ("hazard_control:scene_treatment", "city-agriculture", HEALTH),
        ("stability:order", "city-police", HEALTH),
        ("publicity:media", "city-publicity", REGULATOR),
        ("treat", HEALTH, REGULATOR),
        ("treat", OFFICE, "city-duty"),
    ],
)
def test_an_item_is_its_groups_and_the_coordinating_offices(code: str, may: str, may_not: str) -> None:
    case = incident(45)
    assert entered(case, code, TaskState.ONGOING, may).code == code
    assert refused(lambda: entered(case, code, TaskState.DONE, may_not), may_not).status == 403


def test_the_same_said_again_is_one_entry() -> None:
    case = incident(45)
    entered(case, "seal", TaskState.ONGOING)
    entered(case, "seal", TaskState.ONGOING)
    entered(case, "seal", TaskState.DONE)
    entered(case, "seal", TaskState.ONGOING)
    assert TaskEntry.objects.count() == 3
    assert refused(lambda: entered(case, "dance", TaskState.DONE)).code == "no_such_task"


@pytest.mark.clause(125)
def test_every_measure_and_duty_is_on_the_list() -> None:
    assert len(CHECKLIST) == 19 + 23
