"""May this happen to a hazard or a warning now? (4.1, 4.2)"""

from collections.abc import Collection
from datetime import datetime

from django.utils.translation import gettext as _

from accounts.models import JurisdictionKind, Organisation
from monitoring.models import (
    BulletinKind,
    FoodWarning,
    HazardAct,
    HazardActKind,
    Observation,
    WarningDraft,
    WarningState,
)
from monitoring.values import WarningText
from plan.refusal import PlanRefusal
from reporting.sources import USUAL_PER_SOURCE, WINDOW


def check_not_in_future(moment: datetime, at: datetime, clause: str) -> None:
    """Raise a refusal (422) if something is said to have happened later than now."""
    if moment > at:
        raise PlanRefusal(_("时间不能晚于现在。"), clause=clause, code="time_in_future")


def check_stands(acts: Collection[HazardAct]) -> None:
    """Raise a refusal (409) if the finding of a hazard was taken back."""
    if any(act.kind == HazardActKind.WITHDRAW for act in acts):
        raise PlanRefusal(_("这条隐患的认定已经撤回。"), clause="4.1", code="hazard_withdrawn", status=409)


def check_says_what(words: str, clause: str) -> None:
    """Raise a refusal (422) unless it is said what was done, or why."""
    if not words.strip():
        raise PlanRefusal(_("请写明内容。"), clause=clause, code="nothing_said")


def check_text(text: WarningText, kind: str, lead: Organisation) -> None:
    """Raise a refusal (422) unless a bulletin says what the plan asks of it (4.2.1, 4.2.2)."""
    if kind != BulletinKind.LIFT and not (text.harm.strip() and text.trend.strip()):
        raise PlanRefusal(
            _("预警须写明对社会公众健康的危害程度和可能的发展趋势。"),
            clause="4.2.1",
            code="analysis_missing",
        )
    if kind == BulletinKind.LIFT and (text.ground is None or not text.judgement.strip()):
        raise PlanRefusal(
            _("解除预警须写明研判：可能引发事故的因素已经消除，或者得到有效控制。"),
            clause="4.2.2",
            code="judgement_missing",
        )
    if not text.is_public and not text.departments:
        raise PlanRefusal(_("请选择发给哪些部门，或向社会公布。"), clause="4.2.1", code="no_audience")
    if not text.areas:
        raise PlanRefusal(_("请选择预警的区域。"), clause="4.2.1", code="no_area")
    own = lead.jurisdiction
    if own.kind != JurisdictionKind.CITY and any(each.county != own.county for each in text.areas):
        raise PlanRefusal(
            _("县级部门发布本区县（市）的预警；涉及其他区县（市）的，报市级部门发布或联合发布。"),
            clause="4.2.1",
            code="area_of_others",
        )


def check_partners(others: Collection[Organisation]) -> None:
    """Raise a refusal (422) if a body that is no 食品安全监管部门 is to issue a warning with others (4.1(e), A44)."""
    if others:
        raise PlanRefusal(
            _("%s不是食品安全监管部门，不能联合发布。") % "、".join(each.name for each in others),
            clause="4.2.1",
            code="partner_not_a_regulator",
        )


def check_can_draft(warning: FoodWarning, kind: str) -> None:
    """Raise a refusal (409) unless a bulletin of this kind may be written now (4.2)."""
    wanted = WarningState.DRAFT if kind == BulletinKind.ALERT else WarningState.IN_FORCE
    if warning.state != wanted:
        raise PlanRefusal(
            _("这条预警现在是“%s”，不能再拟。") % warning.get_state_display(),
            clause="4.2.2",
            code="warning_not_so_far",
            status=409,
            next_step=_("请刷新页面；有新的风险，另行发布预警。"),
        )


def check_draft_is_open(draft: WarningDraft | None) -> WarningDraft:
    """Return the draft; a refusal (409) if there is none to sign or to change."""
    if draft is None:
        raise PlanRefusal(
            _("没有待签发的文稿。"),
            clause="4.2.1",
            code="no_open_draft",
            status=409,
            next_step=_("请刷新页面。"),
        )
    return draft


def check_can_sign(draft: WarningDraft, signer: str, seen: str) -> None:
    """Raise a refusal if the signer wrote it (422), or it has changed since it was read (409)."""
    if signer == draft.prepared_by:
        raise PlanRefusal(
            _("预警由拟稿人以外的人签发（本系统规定，预案没有写）。"),
            clause="4.2.1",
            code="preparer_signs",
            next_step=_("请本部门另一位同事核对后签发。"),
        )
    if seen != draft.sha256:
        raise PlanRefusal(
            _("文稿在您阅读之后有改动，没有签发。"),
            clause="4.2.1",
            code="draft_changed",
            status=409,
            next_step=_("请重新阅读后签发。"),
        )


def check_was_sent(office: Organisation | None, audience: Collection[str]) -> Organisation:
    """Return the office; a refusal (403) unless the warning was sent to it (4.2.1(b))."""
    if office is None or office.code not in audience:
        raise PlanRefusal(
            _("这条预警没有发给您单位，也不是您单位发布的。"),
            clause="4.2.1",
            code="not_a_recipient",
            status=403,
        )
    return office


def check_is_issued(warning: FoodWarning) -> None:
    """Raise a refusal (409) while a warning was not issued."""
    if warning.state not in {WarningState.IN_FORCE, WarningState.LIFTED}:
        raise PlanRefusal(_("这条预警还没有发布。"), clause="4.2.1", code="warning_not_issued", status=409)


def check_is_no_flood(source: str, *, at: datetime) -> None:
    """Raise a refusal (409) if one network has sent more than is usual within the hour (8.2(b))."""
    lately = Observation.objects.filter(source=source, recorded_at__gt=at - WINDOW).count()
    if lately >= USUAL_PER_SOURCE:
        raise PlanRefusal(
            _("您所在的网络一小时内报送很多，本次没有收下。"),
            clause="8.2",
            code="too_many_of_one_source",
            status=409,
            next_step=_("请稍后再报；情况紧急的，请打电话给所在地食品安全监管部门。"),
        )
