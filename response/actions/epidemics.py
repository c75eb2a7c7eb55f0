"""Where an epidemic is involved, health opens a branch of its own and the food side goes on (6.2.4 ¶3, A39)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from incidents.models import Incident
from incidents.policies import check_is_open
from plan.refusal import PlanRefusal
from response.actions.deciding import lock_whole, tell, watchers, write_down
from response.models import EpidemicBranch
from response.permissions import check_actor_runs_epidemics


@transaction.atomic
def open_epidemic_branch(
    *, incident: Incident, disease: str, note: str = "", by: Actor, at: datetime
) -> EpidemicBranch:
    """Record that an epidemic is involved and that health handles it under the Infectious Diseases Law (6.2.4 ¶3).

    At every level; it changes neither level nor response. The same disease twice is one. Refused: by another than the
    health departments (403), without a disease (422), on a closed incident (409).
    """
    incident = lock_whole(incident)
    office = check_actor_runs_epidemics(by, incident)
    check_is_open(incident)
    if not disease.strip():
        raise PlanRefusal(_("请写明涉及的传染病。"), clause="6.2.4", code="disease_missing")
    fields = {"note": note, "organisation": office, "opened_by": by.ref, "opened_at": at}
    branch, is_new = EpidemicBranch.objects.get_or_create(incident=incident, disease=disease, defaults=fields)
    if is_new:
        write_down(incident=incident, action="response.open_epidemic", rows=[branch], by=by, at=at)
        title = _("涉及传染病疫情，由卫生健康部门依法处置")
        body = _("食品安全事故的处置继续进行。")
        to = watchers(incident)
        tell(incident=incident, about=branch, title=title, body=body, to=to, by=by, at=at)
    return branch
