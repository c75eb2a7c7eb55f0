"""A revision of the plan, and an inspection of a county's, as tests need them."""

from datetime import date, datetime
from typing import Any

from editions.actions.counties import record_inspection
from editions.actions.drafts import draft_edition
from editions.models import Draft
from plan.clauses import plan_text
from plan.county_plans import InspectionSubject
from tests.support.people import actor
from tests.support.reports import county

NUMBERS = """
number = "甬政办发〔2027〕1号"
title = "宁波市食品安全事故应急预案"
issuer = "宁波市人民政府办公厅"
issued_on = 2027-01-15
in_force_on = 2027-03-01
repeals = "甬政办发〔2021〕60号"
[thresholds]
ill_for_iii = 50
[hours]
phone_limit = 45
"""
WORDS = plan_text().replace("100人以上", "50人以上")


def drafted(numbers: str = NUMBERS, *, at: datetime) -> Draft:
    """The invented edition of 2027, sent in by the city's office."""
    return draft_edition(numbers=numbers, words=WORDS, by=actor("city-fso"), at=at)


def drafted_for_doors(*, at: datetime) -> dict[str, Any]:
    """The rows that the doors on editions lead to."""
    inspection = record_inspection(
        county=county(),
        held_on=date(2026, 4, 1),
        subjects=[InspectionSubject.DRAFTING],
        bureau_people="王某",
        summary="查阅文本",
        findings=["缺少附件"],
        by=actor("city-fso"),
        at=at,
    )
    return {"editions:draft": drafted(at=at).key, "editions:finding_step": inspection.findings.get().pk}
