"""The office's work reports (3.1)."""

from django.utils.translation import gettext_lazy as _

from accounts.forms.fields import line, words
from accounts.rights import Right
from response.actions.work_reports import submit_work_report
from response.doings.doing import Doing, Target
from response.permissions import check_actor_may_on
from response.policies.command import check_is_running


def _check_submit(target: Target) -> None:
    check_actor_may_on(target.actor, Right.SUBMIT_WORK_REPORT, target.response)
    check_is_running(target.response, "3.1")


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
)
