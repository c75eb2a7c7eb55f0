"""Measures for tests, taken through the action, with what each kind asks for already answered."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from django.db import transaction

from audit.clock import database_now
from incidents.models import Incident
from plan.records import KINDS
from plan.records.kinds import Answer, Asked
from plan.refusal import PlanRefusal
from response.actions.disputes import enter_dispute
from response.actions.measures import take_measure
from response.models import DisputeKind, MeasureRecord
from tests.support.checksums import table_checksums
from tests.support.people import actor, organisation
from tests.support.reports import NOON, minutes

REGULATOR, HEALTH, OFFICE = "330212-regulator", "330212-health", "330212-fso"
CITY_OFFICE, CITY_COMMISSION = "city-fso", "city-commission"
AFTERWARDS = NOON + minutes(30)


def answers(kind: str, **changes: Any) -> dict[str, Any]:
    """Everything a kind of record asks for, answered somehow."""
    return {asked.name: _some(asked) for asked in KINDS[kind].asks if asked.is_required} | changes


def _some(asked: Asked) -> Any:
    if asked.answer is Answer.CHOICE:
        return asked.choices[0][0]
    return {Answer.NUMBER: 3, Answer.HOSPITAL: "hosp-yinzhou-people"}.get(asked.answer, f"某{asked.label_zh}")


def taken(
    case: Incident,
    kind: str,
    by: str = REGULATOR,
    *,
    at: datetime = AFTERWARDS,
    about: MeasureRecord | None = None,
    note: str = "经过说明",
    **changes: Any,
) -> MeasureRecord:
    """A measure taken by somebody of this office; `changes` are to what it answers."""
    return take_measure(
        incident=case,
        kind=kind,
        details=answers(kind, **changes),
        note=note,
        official="王局长" if KINDS[kind].names_official else "",
        about=about,
        by=actor(by),
        at=at,
    )


def refused(act: Callable[[], Any], *people: str) -> PlanRefusal:
    """The refusal of an act that changes nothing; `people` are the offices whose persons it would make first."""
    for office in people or (REGULATOR,):
        actor(office)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as raised, transaction.atomic():
        act()
    assert table_checksums() == before
    return raised.value


def recorded_for_doors(case: Incident) -> dict[str, int]:
    """A sample and a dispute: what the doors to measures and disputes lead to."""
    at = database_now()
    sample = taken(case, "sample", at=at)
    dispute = enter_dispute(
        incident=case,
        kind=DisputeKind.PETITION,
        in_charge=organisation("city-petitions"),
        summary="家属来访",
        by=actor("city-politics-law"),
        at=at,
    )
    return {"response:go_on": sample.pk, "response:retract": sample.pk, "response:dispute": dispute.pk}
