"""Tell the insurance regulator as soon as there is an incident (7.1: 应在食品安全事故发生后组织、协调)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from aftermath.models import InsuranceNotice
from aftermath.permissions import check_actor_keeps_insurance
from aftermath.policies.insurance import check_can_tell
from aftermath.selectors.insurance import insurance_regulator, untold_incidents
from incidents.models import Incident
from plan.aftermath import CLAUSE
from response.actions.deciding import lock_whole, tell, write_down


@transaction.atomic
def tell_insurance_regulator(*, incident: Incident, by: Actor, at: datetime) -> InsuranceNotice:
    """Tell the insurance regulator of an incident, of any level and at any time after it (7.1).

    Refused: by an office that coordinates no insurers (403), once told, or with no such regulator on record (409).
    """
    whole = lock_whole(incident)
    check_actor_keeps_insurance(by, whole)
    told = InsuranceNotice.objects.filter(incident=whole).exists()
    regulator = check_can_tell(whole, insurance_regulator(), is_told=told)
    return _tell(whole, regulator, by, at)


def tell_insurance_of_incidents(*, by: Actor, at: datetime) -> int:
    """Tell the insurance regulator of every incident from Ⅳ on that it has not been told of (7.1); how many."""
    regulator = insurance_regulator()
    if regulator is None:
        return 0
    return sum(_tell_once(incident, regulator, by, at) for incident in untold_incidents(at))


@transaction.atomic
def _tell_once(incident: Incident, regulator: Organisation, by: Actor, at: datetime) -> int:
    whole = lock_whole(incident)
    if not untold_incidents(at).filter(pk=whole.pk).exists():
        return 0
    _tell(whole, regulator, by, at)
    return 1


def _tell(incident: Incident, regulator: Organisation, by: Actor, at: datetime) -> InsuranceNotice:
    notice = InsuranceNotice.objects.create(incident=incident, told=regulator, told_by=by.ref, told_at=at)
    write_down(incident=incident, action="aftermath.tell_insurance", rows=[notice], by=by, at=at)
    tell(
        incident=incident,
        about=notice,
        title=_("请组织、协调保险机构开展保险受理和理赔"),
        body=_("预案%s：事故发生后及时开展应急救援人员保险受理和受害人员保险理赔工作。") % CLAUSE,
        to=[regulator.code],
        link=f"/incidents/{incident.number}/aftermath/insurance/",
        by=by,
        at=at,
    )
    return notice
