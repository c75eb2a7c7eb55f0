"""What headquarters and their commander answer: work reports, adjustments, ends (3.1, 6.4)."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import words
from accounts.rights import Right
from plan.adjustment import Element
from plan.levels import ResponseLevel
from response.actions.adjustment import decide_adjustment
from response.actions.termination import answer_proposal
from response.actions.work_reports import decide_work_report
from response.doings.doing import Doing, Target, response_of, yes_no
from response.models import Step
from response.permissions import check_actor_commands
from response.policies.activation import check_is_no_preparer
from response.policies.adjustment import check_can_adjust, check_still_fits, findings_of
from response.policies.command import check_is_running
from response.policies.rounds import check_unanswered, clause_of
from response.policies.termination import check_computed, check_named


def _check_open(target: Target, *steps: Step) -> None:
    """What every answer waits for: it was not given yet, the response runs, and somebody else prepared it (A28)."""
    matter = target.decision(*steps)
    answers = [one for one in target.decisions if one.rests_on_id == matter.pk]
    check_unanswered(answers[-1] if answers else None, clause_of(matter.act))
    if Step.SUBMIT not in steps:
        check_is_running(response_of(matter), clause_of(matter.act))
    check_is_no_preparer([matter], target.incident, [matter.act], target.actor.ref)


def _check_report(target: Target) -> None:
    response = response_of(target.decision(Step.SUBMIT))
    target.check_may_on(Right.DECIDE_WORK_REPORT, response)
    _check_open(target, Step.SUBMIT)


def _check_adjustment(target: Target) -> None:
    response = response_of(target.decision(Step.APPLY))
    target.check_may_on(Right.DECIDE_ADJUSTMENT, response)
    _check_open(target, Step.APPLY)


def _can_adjust(target: Target) -> None:
    application = target.decision(Step.APPLY)
    response, report = response_of(application), target.assessment
    check_still_fits(application, response, report)
    findings: dict[Element, str] = findings_of(application)
    level, on_record = ResponseLevel(application.level), target.on_record
    check_can_adjust(response, level, findings, application.note, report, on_record=on_record)


def _check_end(target: Target) -> None:
    check_actor_commands(target.actor, target.commander(response_of(target.decision(Step.PROPOSE))))
    _check_open(target, Step.PROPOSE)


def _can_end(target: Target) -> None:
    proposal = target.decision(Step.PROPOSE)
    check_named(proposal.conditions, target.assessment)
    check_computed(proposal.conditions, target.condition.judgement)


ANSWERING = (
    Doing(
        slug="decide-report",
        title=_("审议应急处理工作报告"),
        clause="3.1",
        lead=_("由应急指挥部审议批准，或写明理由退回。"),
        done=_("已作出决定。"),
        check=_check_report,
        fields=lambda _target: {
            "answer": yes_no(_("批准"), _("退回")),
            "note": words(label=_("意见（退回须写明理由）")),
        },
        perform=lambda target, said: decide_work_report(
            report=target.decision(Step.SUBMIT),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
    ),
    Doing(
        slug="decide-adjustment",
        title=_("审议响应级别调整"),
        clause="3.1",
        lead=_("由市应急指挥部审议批准；事故级别不随之变动。"),
        done=_("已作出决定。"),
        check=_check_adjustment,
        yes=_can_adjust,
        fields=lambda _target: {
            "answer": yes_no(_("批准"), _("不予批准")),
            "note": words(label=_("意见")),
        },
        perform=lambda target, said: decide_adjustment(
            application=target.decision(Step.APPLY),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
    ),
    Doing(
        slug="answer-end",
        title=_("总指挥答复终止建议"),
        clause="6.4.2",
        lead=_("同意即结束应急响应；此刻重新核对各项条件。"),
        done=_("已答复；同意终止的，应急响应已经结束。"),
        check=_check_end,
        yes=_can_end,
        fields=lambda _target: {
            "answer": yes_no(_("同意终止"), _("不同意")),
            "note": words(label=_("意见")),
        },
        perform=lambda target, said: answer_proposal(
            proposal=target.decision(Step.PROPOSE),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
    ),
)
