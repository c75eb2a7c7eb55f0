"""What an application, proposal or report says for itself, and why it can't be answered (3.1, 6.4)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.moments import minute
from plan.adjustment import Element
from plan.clauses import clause
from plan.records import KINDS
from plan.refusal import PlanRefusal
from plan.termination import Finding
from response.models import Decision, FindingEvidence, MeasureRecord, Step
from response.policies.adjustment import TREND
from response.policies.termination import HANDED_TO, OUTSIDE
from response.waiting import Waiting

_LABELS = {each.value: each.label_zh for each in (*Element, *Finding)}
RESULTS = dict(next(asked for asked in KINDS["sample_result"].asks if asked.name == "result").choices)


@dataclass(frozen=True, slots=True)
class Matter:
    """A matter that waits: what it says, why this actor can't answer it, and why nobody could say yes now."""

    waiting: Waiting
    said: Sequence[tuple[str, str]]
    refusal: PlanRefusal | None
    no_yes: PlanRefusal | None


def said_of(decision: Decision, evidence: Iterable[FindingEvidence] = ()) -> Iterator[tuple[str, str]]:
    """Yield what a decision says beside its note: findings with their evidence, test results, the trend judged (6.4)."""
    others = {TREND: _("发展趋势研判"), OUTSIDE: _("系统以外的检验报告"), HANDED_TO: _("移交")}
    for name, label in {**_LABELS, **others}.items():
        if decision.findings.get(name):
            yield label, decision.findings[name]
    for each in evidence:
        yield _("检验结果（登记在案）"), result_in_words(each.record)


def put_forward(decision: Decision, evidence: Iterable[FindingEvidence] = ()) -> list[tuple[str, str]]:
    """Return what whoever answers must have before them: who put it forward when, for what, on what grounds (3.1, 6.4)."""
    named = "\n".join(f"{ref} {clause(ref).text_zh.rstrip('；。')}" for ref in decision.conditions)
    said = [
        (_("提出"), f"{decision.organisation.name} {minute(decision.given_at)}"),
        (_("标题"), str(decision.findings.get("title", "")) if decision.step == Step.SUBMIT else ""),
        (_("目标级别"), decision.get_level_display() if decision.level else ""),
        (_("终止条件"), named),
        *said_of(decision, evidence),
        (_("意见"), decision.note),
    ]
    return [(label, text) for label, text in said if text]


def evidence_in(family: Iterable[int]) -> Mapping[int, Sequence[FindingEvidence]]:
    """Return the test results that an incident's proposals rest on, by the id of the proposal (6.4.2(2))."""
    rows = FindingEvidence.objects.filter(decision__incident__in=list(family))
    found: dict[int, list[FindingEvidence]] = defaultdict(list)
    for row in rows.select_related("record__about").order_by("pk"):
        found[row.decision_id].append(row)
    return found


def result_in_words(record: MeasureRecord) -> str:
    """Return a test result as one line: which sample, what was tested, what was found, in which report (6.3.4)."""
    said = record.details
    return _("样品%(sample)s %(item)s：%(result)s（报告%(document)s）") % {
        "sample": record.about.details.get("sample_number", "") if record.about else "",
        "item": said.get("item", ""),
        "result": RESULTS.get(said.get("result", ""), ""),
        "document": said.get("document", ""),
    }
