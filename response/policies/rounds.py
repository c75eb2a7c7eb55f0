"""Which of an incident's decisions still count: those of this round, and of them the ones nobody used yet (6.2, A28)."""

from collections.abc import Iterable, Sequence

from django.utils.translation import gettext as _

from plan.authority import AUTHORITIES, Act, Authority
from plan.levels import ResponseLevel
from plan.refusal import PlanRefusal
from reporting.clocks import is_in_time
from response.models import Decision, Step

ACTIVATIONS = {
    ResponseLevel.I: Act.ACTIVATE_I,
    ResponseLevel.II: Act.ACTIVATE_II,
    ResponseLevel.III: Act.ACTIVATE_III,
    ResponseLevel.IV: Act.ACTIVATE_IV,
}
_ANSWERS = frozenset({Step.APPROVE, Step.REJECT})


def authority(act: str) -> Authority:
    """Return the plan's row for an act (2.3 of the clause table)."""
    return next(entry for entry in AUTHORITIES if entry.act == act)


def clause_of(act: str) -> str:
    """Return the place of the plan that an act rests on."""
    return authority(act).clauses[0]


def this_round(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the decisions since the city's response last ended: an old approval starts nothing again.

    The end of a county's Ⅳ is its own: a consent of 市政府 that waits to be used outlives it (6.2, A52).
    """
    ends = [
        index
        for index, decision in enumerate(decisions)
        if decision.act == Act.TERMINATE and decision.step == Step.ACT
    ]
    return list(decisions[ends[-1] + 1 :] if ends else decisions)


def latest(decisions: Iterable[Decision], act: str, *steps: str) -> Decision | None:
    """Return the last of an act's decisions of these steps; papers that confirm an oral one are none of their own."""
    found = [one for one in decisions if one.act == act and one.step in steps and one.paper_of_id is None]
    return found[-1] if found else None


def standing_weighing(decisions: Sequence[Decision]) -> Decision | None:
    """Return the commission's comprehensive assessment for Ⅰ (6.2.1)."""
    return latest(this_round(decisions), Act.ACTIVATE_I, Step.WEIGH)


def standing_approval(decisions: Sequence[Decision], act: str) -> Decision | None:
    """Return the approval that counts for an act: the last answer, an approval, and not used by an earlier activation.

    For Ⅰ only one given on the basis of the comprehensive assessment counts (6.2.1, A28); the same minute is not before (A58).
    """
    ours = this_round(decisions)
    answer = latest(ours, act, *_ANSWERS)
    used = {one.rests_on_id for one in ours if one.step == Step.ACT}
    if answer is None or answer.step != Step.APPROVE or answer.pk in used:
        return None
    if act != Act.ACTIVATE_I:
        return answer
    weighed = standing_weighing(decisions)
    is_after = (
        weighed is not None and weighed.pk < answer.pk and is_in_time(weighed.given_at, answer.given_at)
    )
    return answer if is_after else None


def unanswered_applications(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the applications to start a response that no government has answered since (6.2.1–6.2.3)."""
    ours = this_round(decisions)
    found = []
    for act in ACTIVATIONS.values():
        applied, answered = latest(ours, act, Step.APPLY), latest(ours, act, *_ANSWERS)
        if applied is not None and (answered is None or answered.pk < applied.pk):
            found.append(applied)
    return found


def papers_owed(decisions: Sequence[Decision]) -> list[Decision]:
    """Return the oral decisions whose paper has not come yet (A59); being late makes none of them void."""
    papered = {one.paper_of_id for one in decisions}
    return [one for one in decisions if one.is_oral and one.pk not in papered]


def check_owes_paper(decision: Decision, decisions: Sequence[Decision]) -> None:
    """Raise a refusal (409) unless a decision was given by mouth and its paper has not come (A59)."""
    if decision not in papers_owed(decisions):
        raise PlanRefusal(
            _("这项决定不欠书面文件。"), clause=clause_of(decision.act), code="no_paper_owed", status=409
        )


def check_unanswered(answer: Decision | None, clause: str) -> None:
    """Raise a refusal (409) if an application or proposal has its answer already."""
    if answer is not None:
        raise PlanRefusal(_("这项申请或建议已有结论。"), clause=clause, code="already_answered", status=409)
