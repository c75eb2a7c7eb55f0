"""The office's work reports and headquarters' answer (3.1)."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import line, words
from accounts.rights import Right
from response.actions.work_reports import decide_work_report, submit_work_report
from response.doings.doing import Doing, Target, response_of, yes_no
from response.models import Decision, Step
from response.permissions import check_actor_may_on
from response.policies.command import check_is_running


def _check_submit(target: Target) -> None:
    check_actor_may_on(target.actor, Right.SUBMIT_WORK_REPORT, target.response)
    check_is_running(target.response, "3.1")


def _report(target: Target) -> Decision:
    rows = Decision.objects.filter(incident__in=target.family, step=Step.SUBMIT, response__isnull=False)
    return target.one(rows.select_related("response__incident", "response__county"))


def _check_decide(target: Target) -> None:
    check_actor_may_on(target.actor, Right.DECIDE_WORK_REPORT, response_of(_report(target)))


WORK_REPORTS = (
    Doing(
        slug="work-report",
        title=_("提交应急处理工作报告"),
        clause="3.1",
        lead=_("由指挥部办公室提交，应急指挥部审议批准；预案没有规定格式和间隔。"),
        done=_("报告已提交应急指挥部审议。"),
        check=_check_submit,
        fields=lambda _target: {
            "title": line(label=_("标题"), max_length=120, required=True),
            "text": words(label=_("报告内容"), required=True, rows=8),
        },
        perform=lambda target, said: submit_work_report(
            response=target.response, **said, by=target.actor, at=target.at
        ),
    ),
    Doing(
        slug="decide-report",
        title=_("审议应急处理工作报告"),
        clause="3.1",
        lead=_("由应急指挥部审议批准，或写明理由退回。"),
        done=_("已作出决定。"),
        check=_check_decide,
        fields=lambda _target: {
            "answer": yes_no(_("批准"), _("退回")),
            "note": words(label=_("意见（退回须写明理由）")),
        },
        perform=lambda target, said: decide_work_report(
            report=_report(target),
            is_approved=said["answer"] == "yes",
            note=said["note"],
            by=target.actor,
            at=target.at,
        ),
        of_row=True,
    ),
)
