"""What is still to fire of a bearer's clocks, after what is on record of them has changed (5.1)."""

from collections import defaultdict

from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import family_ids
from reporting.excuses import move_on
from reporting.models import Obligation, ObligationState, StageEvent
from reporting.selectors import family_on_record


def refresh_clocks(*, incident: Incident, bearer: Organisation) -> None:
    """Set anew what each armed clock of a bearer fires next: nothing where the leg is closed now (5.1(8), A56).

    The incident and all that is one with it are locked. A receipt may also decide a leg to another recipient: it can
    complete an excuse, or take it away (A23).
    """
    family = family_ids(incident.merged_into or incident)
    theirs = Obligation.objects.filter(incident__in=family, bearer=bearer, state=ObligationState.ARMED)
    armed = list(theirs.select_for_update().order_by("pk"))
    fired: dict[int, set[str]] = defaultdict(set)
    for event in StageEvent.objects.filter(obligation__in=armed):
        fired[event.obligation_id].add(event.stage)
    on_record = family_on_record(incident)
    for each in armed:
        move_on(each, fired[each.pk], on_record)
    Obligation.objects.bulk_update(armed, ["next_stage", "next_due_at"])
