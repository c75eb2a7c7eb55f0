"""May this happen to what stands ready now (8.5, 9.2)? Each check raises its reason."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Organisation
from incidents.models import Incident
from plan.readiness import FIRST_PERIOD_FROM, FOOD_SAFETY_REGULATORS
from plan.refusal import PlanRefusal
from readiness.models import DrillEvaluation, Enterprise, HeldDrill, Stock, StockUse, SupportRequest
from readiness.register import Register

STORES, DRILLS = "8.5", "9.2"
LONGEST_DAYS = 3_660


def check_is_new_key(register: Register, known: Any, row: Any) -> None:
    """Raise a refusal (409) if another row of the register is the same thing."""
    if known is not None and known.pk != row.pk:
        raise PlanRefusal(
            _("登记册中已有同样的一行。"),
            clause=register.clause,
            code="entry_exists",
            status=409,
            next_step=_("请在原有的一行上修改。"),
        )


def check_is_said_once(register: Register, number: int, *, is_again: bool) -> None:
    """Raise a refusal (422) if a row of a workbook is there twice."""
    if is_again:
        raise PlanRefusal(
            _("第%d行与前面某一行是同一项。") % number, clause=register.clause, code="entry_twice"
        )


def check_can_leave(row: Any) -> None:
    """Raise a refusal (409) while stock of this row that was used is not replenished (8.5)."""
    if isinstance(row, Stock) and StockUse.objects.owed().filter(stock=row).exists():
        raise PlanRefusal(
            _("动用的储备物资尚未补足，不能移出。"),
            clause=STORES,
            code="replenishment_owed",
            status=409,
            next_step=_("请先登记补充。"),
        )


def check_can_use(stock: Stock, quantity: int, note: str, incident: Incident | None) -> None:
    """Raise a refusal unless so much of the stock can be taken, for a stated purpose (8.5); a drill takes no real stock."""
    if incident is not None and incident.is_drill:
        raise PlanRefusal(
            _("演练不动用真实储备。"),
            clause=STORES,
            code="drill_uses_no_stock",
            next_step=_("演练中的调用请写入演练记录。"),
        )
    if stock.left_at is not None:
        raise PlanRefusal(_("这一项储备已移出登记册。"), clause=STORES, code="entry_left", status=409)
    if not note.strip():
        raise PlanRefusal(_("请写明用途和去向。"), clause=STORES, code="use_without_words")
    if quantity < 1:
        raise PlanRefusal(_("数量须为正整数。"), clause=STORES, code="no_quantity")
    if quantity > stock.quantity:
        said = {"left": stock.quantity, "unit": stock.unit}
        raise PlanRefusal(
            _("现有数量只有%(left)d%(unit)s。") % said,
            clause=STORES,
            code="more_than_there_is",
            status=409,
            next_step=_("实际数量不同的，请先更正登记册。"),
        )


def check_can_restore(use: StockUse, quantity: int) -> None:
    """Raise a refusal unless so much is still owed for a use of stock (8.5)."""
    if quantity < 1:
        raise PlanRefusal(_("数量须为正整数。"), clause=STORES, code="no_quantity")
    if quantity > use.owed:
        raise PlanRefusal(
            _("这次动用只欠%d，多出的部分不是补充。") % use.owed,
            clause=STORES,
            code="more_than_owed",
            status=409,
            next_step=_("另外增加的储备，请在登记册中修改现有数量。"),
        )


def check_one_organiser(organiser: Organisation | None, enterprise: Enterprise | None) -> None:
    """Raise a refusal (422) unless either a regulator or an enterprise held the drill (9.2)."""
    if (organiser is None) == (enterprise is None):
        raise PlanRefusal(
            _("请写明由哪个监管部门或哪家企业组织，只写一个。"), clause=DRILLS, code="drill_without_organiser"
        )


def check_drill(
    organiser: Organisation | None, title: str, held_on: date, participants: str, today: date
) -> None:
    """Raise a refusal (422) unless a drill can have been held so (9.2): by a food-safety regulator, on a past day, under the plan."""
    if organiser is not None and organiser.kind not in FOOD_SAFETY_REGULATORS:
        raise PlanRefusal(
            _("应急演练由食品安全监管部门组织。"),
            clause=DRILLS,
            code="no_regulator",
            next_step=_("企业自行组织的演练请登记在该企业名下。"),
        )
    if held_on > today:
        raise PlanRefusal(_("演练日期不能晚于今天。"), clause=DRILLS, code="drill_in_future")
    if held_on < FIRST_PERIOD_FROM:
        raise PlanRefusal(_("演练周期从预案施行之日起算。"), clause=DRILLS, code="drill_before_plan")
    if not title.strip() or not participants.strip():
        raise PlanRefusal(_("请写明演练名称和参加部门。"), clause=DRILLS, code="drill_incomplete")


def check_can_evaluate(drill: HeldDrill, findings: str) -> None:
    """Raise a refusal for a drill that is evaluated already (409), or without words (422) (9.2)."""
    if DrillEvaluation.objects.filter(drill=drill).exists():
        raise PlanRefusal(_("这次演练已有评估。"), clause=DRILLS, code="drill_evaluated", status=409)
    if not findings.strip():
        raise PlanRefusal(_("请写明评估情况和问题。"), clause=DRILLS, code="evaluation_without_words")


def check_request(text: str, clause: str) -> None:
    """Raise a refusal (422) for a request without words."""
    if not text.strip():
        raise PlanRefusal(_("请写明需要什么、何时何地。"), clause=clause, code="request_without_words")


def check_can_answer(request: SupportRequest, answer: str, clause: str) -> None:
    """Raise a refusal for a request that is answered already (409), or without words (422)."""
    if request.answered_at is not None:
        raise PlanRefusal(_("这项请求已有答复。"), clause=clause, code="support_answered", status=409)
    if not answer.strip():
        raise PlanRefusal(_("请写明答复。"), clause=clause, code="answer_without_words")


def check_days(days: int | None) -> None:
    """Raise a refusal (422) for an interval that is none (非预案规定)."""
    if days is not None and not 0 < days <= LONGEST_DAYS:
        raise PlanRefusal(
            _("核对间隔须为1至%d天；留空即为不设。") % LONGEST_DAYS,
            clause="3.2",
            code="interval_out_of_range",
        )
