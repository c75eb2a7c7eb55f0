"""May the insurance regulator be told of this incident now? (7.1)"""

from django.utils.translation import gettext as _

from accounts.models import Organisation
from aftermath.policies.entries import check_takes_entries
from incidents.models import Incident
from plan.aftermath import CLAUSE
from plan.refusal import PlanRefusal


def check_can_tell(incident: Incident, regulator: Organisation | None, *, is_told: bool) -> Organisation:
    """Return whom to tell; a refusal (409) once told, or where no insurance regulator is on record."""
    check_takes_entries(incident)
    if is_told:
        raise PlanRefusal(_("已通知保险监管部门。"), clause=CLAUSE, code="insurance_told", status=409)
    if regulator is None:
        raise PlanRefusal(
            _("系统中没有登记保险监管部门。"),
            clause=CLAUSE,
            code="no_insurance_regulator",
            status=409,
            next_step=_("请联系市食药安办管理员载入基础数据。"),
        )
    return regulator
