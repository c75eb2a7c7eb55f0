"""The four conditions of 6.4.2, any of which ends a response: which are met, which a person must judge, and from when (A33)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import models
from django.utils.translation import gettext_lazy as _

from plan.recovery import Judgement, Recovery
from plan.termination import TERMINATION_CONDITIONS, Finding, TerminationCondition
from response.models import AssessmentReport


class Met(models.TextChoices):
    """Whether a condition or a finding is met; what the system can't compute, the assessment must name."""

    YES = "yes", _("符合")
    NO = "no", _("尚未符合")
    UNKNOWN = "unknown", _("尚不能认定")


@dataclass(frozen=True, slots=True)
class Checked:
    """One condition with its findings; `earliest_at` is when it could be met if nothing new happens."""

    condition: TerminationCondition
    met: Met
    findings: Sequence[tuple[Finding, Met]]
    earliest_at: datetime | None = None


def checklist_of_end(report: AssessmentReport | None, judgement: Judgement) -> list[Checked]:
    """Return the four conditions as they stand: the first from the patients, the others from the current assessment."""
    held = report.conditions if report is not None else []
    return [
        _patients(condition, judgement) if condition.needs_patients else _assessed(condition, held)
        for condition in TERMINATION_CONDITIONS
    ]


def _patients(condition: TerminationCondition, judged: Judgement) -> Checked:
    if judged.state not in {Recovery.MET, Recovery.NOT_YET}:
        return Checked(condition, Met.UNKNOWN, [(each, Met.UNKNOWN) for each in condition.findings])
    findings = [(each, Met.NO if each in judged.missing else Met.YES) for each in condition.findings]
    met = Met.YES if judged.state == Recovery.MET else Met.NO
    return Checked(condition, met, findings, None if met == Met.YES else judged.earliest_at)


def _assessed(condition: TerminationCondition, held: Sequence[str]) -> Checked:
    met = Met.YES if condition.clause in held else Met.UNKNOWN
    return Checked(condition, met, [(each, met) for each in condition.findings])
