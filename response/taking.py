"""Which kind of record this is, and may this office make one of this incident? (6.3, A60)"""

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from plan.records import KINDS, RecordKind
from plan.refusal import PlanRefusal
from response.measure_permissions import check_actor_takes
from response.selectors.measures import ground_of


def kind_of(code: str) -> RecordKind:
    """Return the kind of record of this code; a refusal (422) for one that the plan does not know."""
    if code not in KINDS:
        raise PlanRefusal(_("没有这类措施记录。"), clause="6.3", code="no_such_measure")
    return KINDS[code]


def check_may_take(by: Actor, incident: Incident, spec: RecordKind) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless such records are its own to make (6.3, A60)."""
    return check_actor_takes(by, ground_of(incident), spec)
