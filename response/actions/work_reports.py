"""The office's work reports, which headquarters deliberate and approve (3.1, 3.5)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.rights import Right
from plan.authority import Act
from plan.refusal import PlanRefusal
from response.actions.deciding import decide, lock_response, lock_response_of, tell
from response.models import Decision, Response, Step
from response.permissions import check_actor_may_on
from response.policies.activation import check_is_no_preparer
from response.policies.command import check_is_running
from response.policies.rounds import check_unanswered

CLAUSE = "3.1"


@transaction.atomic
def submit_work_report(*, response: Response, title: str, text: str, by: Actor, at: datetime) -> Decision:
    """Submit a report on the emergency work to headquarters as their office (3.1).

    The same report twice is one. Refused: by another than the office (403), without words (422), once over (409).
    """
    incident, response = lock_response(response)
    check_actor_may_on(by, Right.SUBMIT_WORK_REPORT, response)
    check_is_running(response, CLAUSE)
    if not title.strip() or not text.strip():
        raise PlanRefusal(_("请写明报告的标题和内容。"), clause=CLAUSE, code="report_without_words")
    findings = {"title": title}
    waiting = response.decisions.filter(act=Act.WORK_REPORT, step=Step.SUBMIT, followed_by=None, note=text)
    before = waiting.filter(findings=findings).first()
    if before is not None:
        return before
    fields = {"response": response, "note": text, "findings": findings}
    report = decide(incident=incident, act=Act.WORK_REPORT, step=Step.SUBMIT, fields=fields, by=by, at=at)
    words = _("提交应急处理工作报告，待审议：%s") % title
    to = [response.headquarters.body.code]
    tell(incident=incident, about=report, title=words, body="", to=to, by=by, at=at)
    return report


@transaction.atomic
def decide_work_report(
    *, report: Decision, is_approved: bool, note: str = "", by: Actor, at: datetime
) -> Decision:
    """Approve a work report as headquarters, or send it back with the reason (3.1); after the end as well.

    Refused: by another than headquarters or by who submitted it (403), once answered (409), sent back without words (422).
    """
    incident, response = lock_response_of(report)
    check_actor_may_on(by, Right.DECIDE_WORK_REPORT, response)
    if report.act != Act.WORK_REPORT:
        raise PlanRefusal(_("这不是应急处理工作报告。"), clause=CLAUSE, code="no_work_report")
    answer = report.followed_by.order_by("pk").last()
    step = Step.APPROVE if is_approved else Step.REJECT
    if answer is not None and (answer.recorded_by, answer.step) == (by.ref, step):
        return answer
    check_unanswered(answer, CLAUSE)
    check_is_no_preparer([report], incident, [Act.WORK_REPORT], by.ref)
    if not is_approved and not note.strip():
        raise PlanRefusal(_("退回须写明理由。"), clause=CLAUSE, code="return_without_reason")
    fields = {"response": response, "note": note, "rests_on": report}
    decision = decide(incident=incident, act=Act.WORK_REPORT, step=step, fields=fields, by=by, at=at)
    title = _("应急处理工作报告：%s") % step.label
    to = [response.headquarters.office.code]
    tell(incident=incident, about=decision, title=title, body="", to=to, by=by, at=at)
    return decision
