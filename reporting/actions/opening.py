"""A notice that opens an incident or joins one: of an office here, or of an authority outside Ningbo (5.1(5)–(7), A51)."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from incidents.actions.incidents import lock_numbers
from reporting.actions.notices import learn_of_incident
from reporting.actions.reports import Door, accept_report
from reporting.models import LearnedHow, Report, ReportKind
from reporting.stated import StatedReport


@transaction.atomic
def file_notice(
    *,
    stated: StatedReport,
    how: LearnedHow,
    health_event: str = "",
    authority: str = "",
    others: Sequence[Organisation] = (),
    by: Actor,
    at: datetime,
) -> Report:
    """Open an incident for what an office learnt, or join one, and notify at once (5.1(5), 5.1(6)); checking comes later.

    authority: who notified from outside Ningbo, by this same door; food from here that harmed people elsewhere is accepted,
    and starts no clock of 5.1(8) (A51). Refused: without the right in the county (403), for what can't be (422).
    """
    office = check_actor_may(by, Right.SEE_INCIDENTS, counties={stated.area.county.pk})
    counter = lock_numbers(at=at, is_drill=stated.is_drill)
    door = Door(kind=ReportKind.NOTICE, organisation=office)
    report = accept_report(stated=stated, door=door, counter=counter, by=by, at=at)
    learn_of_incident(
        incident=report.incident,
        how=how,
        health_event=health_event,
        authority=authority,
        learned_at=stated.known_at,
        others=others,
        by=by,
        at=at,
    )
    return report
