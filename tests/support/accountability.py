"""Suspicions for tests, raised by records that the actions made."""

from datetime import datetime
from typing import Any

from incidents.models import Incident
from plan.accountability import AccountabilityGround, ReferralStep
from reporting.actions.operators import OperatorDuty, record_operator_report
from reporting.models import Obligation
from response.actions.accountability import open_accountability_file
from response.actions.accountability_answers import ask_accused
from response.actions.referrals import draw_up_referral, note_referral_step
from response.models import AccountabilityEntry, Referral, ReferralStatus
from response.selectors.accountability import prompts_of
from tests.support.people import actor, organisation
from tests.support.reports import minutes


def silent_operator(
    case: Incident, *, discovered_at: datetime, at: datetime, received_at: datetime | None = None
) -> Obligation:
    """An operator that discovered harm and has reported it to nobody, unless `received_at` is given."""
    return record_operator_report(
        incident=case,
        duty=OperatorDuty.OPERATOR,
        reporter="张记小吃店",
        discovered_at=discovered_at,
        received_at=received_at,
        receiver="陈值班" if received_at else "",
        by=actor("330212-regulator"),
        at=at,
    )


def suspected_for_doors(case: Incident, *, at: datetime) -> str:
    """How the address names the suspicion against an operator that let three hours pass."""
    silent_operator(case, discovered_at=at - minutes(180), at=at)
    (prompt,) = prompts_of(case, at)
    return prompt.slug


def opened_file(
    case: Incident,
    accused: str = "330212-gov",
    *,
    ground: AccountabilityGround = AccountabilityGround.OMITTED,
    at: datetime,
) -> AccountabilityEntry:
    """A file opened by hand by the city's office."""
    return open_accountability_file(
        incident=case,
        accused=organisation(accused),
        ground=ground,
        reason="未报告就餐人数",
        by=actor("city-fso"),
        at=at,
    )


def referred(entry: AccountabilityEntry, kind: str = "crime", *, at: datetime, **changes: Any) -> Referral:
    """A referral of a file, drawn up by the city's office."""
    given: dict[str, Any] = {
        "addressee": "市公安局",
        "said": {"conduct": "送检样品记录前后不一", "harm": "未能及时追溯问题食品"},
        "contact": "李某 0574-80000000",
    }
    return draw_up_referral(entry=entry, kind=kind, **given | changes, by=actor("city-fso"), at=at)


def noted(referral: Referral, step: str, *, at: datetime, **changes: Any) -> ReferralStatus:
    """A step of a referral, noted by the city's office when it happened unless said otherwise."""
    given: dict[str, Any] = {"proof": "回执", "reason": "来函所述", "happened_at": at, **changes}
    return note_referral_step(
        referral=referral, step=ReferralStep(step), **given, by=actor("city-fso"), at=at
    )


def file_for_doors(case: Incident, *, at: datetime) -> dict[str, int]:
    """A file against a hospital with a question and a referral: what the doors to them lead to."""
    entry = opened_file(case, "hosp-yinzhou-people", at=at)
    asked = ask_accused(
        entry=entry, question="请说明报告经过", due_at=at + minutes(60), by=actor("city-fso"), at=at
    )
    files = (
        "accountability_file",
        "evidence_of_file",
        "question_to_accused",
        "refer",
        "outcome_of_file",
        "close_file",
    )
    referral = referred(entry, at=at)
    return {
        **{f"response:{name}": entry.pk for name in files},
        **{f"response:{name}": asked.pk for name in ("record_answer", "accused_question")},
        **{f"response:{name}": referral.pk for name in ("referral_step", "referral_file")},
    }
