"""Is this an amount of yuan, and does it fit what is owed? (7.1)"""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from plan.aftermath import CLAUSE
from plan.refusal import PlanRefusal

CENT = Decimal("0.01")
MOST = Decimal("999999999999.99")


def cents(amount: Decimal) -> Decimal:
    """Return an amount to the cent; a refusal (422) for none, less than a cent, parts of a cent or more than is kept."""
    if not amount.is_finite() or not CENT <= amount <= MOST or amount != amount.quantize(CENT):
        raise PlanRefusal(_("金额须大于零，以元为单位，最多两位小数。"), clause=CLAUSE, code="not_an_amount")
    return amount.quantize(CENT)


def cents_if_any(amount: Decimal | None) -> Decimal | None:
    """Return an amount to the cent, as `cents`, where there is one."""
    return None if amount is None else cents(amount)


def check_is_past(day: date, today: date) -> None:
    """Raise a refusal (422) if what happened lies in the future."""
    if day > today:
        raise PlanRefusal(_("日期不能晚于今天。"), clause=CLAUSE, code="day_in_future")


def check_fits(amount: Decimal, *, before: Decimal, limit: Decimal) -> None:
    """Raise a refusal (409) if with this more would have moved than is owed."""
    if before + amount > limit:
        raise PlanRefusal(
            _("应付%(limit)s元，已付%(before)s元，再付%(amount)s元超过应付金额。")
            % {"limit": limit, "before": before, "amount": amount},
            clause=CLAUSE,
            code="more_than_owed",
            status=409,
            next_step=_("金额有变化的，请先更正应付金额并写明理由。"),
        )


def check_covers(amount: Decimal, *, moved: Decimal) -> None:
    """Raise a refusal (409) if an amount is corrected to less than what moved already."""
    if amount < moved:
        raise PlanRefusal(
            _("已付%(moved)s元，应付金额不能更正为%(amount)s元。") % {"moved": moved, "amount": amount},
            clause=CLAUSE,
            code="less_than_paid",
            status=409,
            next_step=_("付款登记有误的，请先更正付款记录。"),
        )
