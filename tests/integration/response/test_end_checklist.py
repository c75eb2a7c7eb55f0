"""The four conditions of an end as the page lists them: computed from the patients, or named by the assessment (6.4.2)."""

import pytest

from plan.recovery import Judgement, Recovery
from plan.termination import Finding
from response.checklist_of_end import Met, checklist_of_end
from response.models import AssessmentReport
from tests.support.reports import NOON
from tests.support.response import hours

pytestmark = pytest.mark.clause(150)


def test_the_first_follows_the_patients_and_says_when_it_could_be_met() -> None:
    judged = Judgement(
        Recovery.NOT_YET, (Finding.STABLE_24H,), stable_at=NOON + hours(24), incubated_at=NOON + hours(30)
    )
    first, *others = checklist_of_end(None, judged)
    assert (first.met, first.earliest_at) == (Met.NO, NOON + hours(30))
    assert dict(first.findings)[Finding.STABLE_24H] == Met.NO
    assert dict(first.findings)[Finding.ALL_TREATED] == Met.YES
    assert [each.met for each in others] == [Met.UNKNOWN] * 3


def test_what_cannot_be_judged_is_never_met_and_the_assessment_names_the_others() -> None:
    report = AssessmentReport(conditions=["6.4.2(3)"])
    first, second, third, fourth = checklist_of_end(report, Judgement(Recovery.NO_PATIENTS))
    assert (first.met, first.earliest_at) == (Met.UNKNOWN, None)
    assert (second.met, third.met, fourth.met) == (Met.UNKNOWN, Met.YES, Met.UNKNOWN)
    met = Judgement(Recovery.MET, stable_at=NOON, incubated_at=NOON)
    assert checklist_of_end(None, met)[0].earliest_at is None
