"""The duty roster: shifts put down, called off or ended, read from a table (house roster, 非预案规定)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.duty_rights import check_belongs_to
from accounts.managers import check_actor_manages
from accounts.models import DutyShift, Organisation, User
from accounts.roster_table import Line, read_table
from audit.record import Entry, record
from plan.refusal import PlanRefusal


@transaction.atomic
def plan_shift(
    *,
    organisation: Organisation,
    person: User,
    stand_in: User | None = None,
    from_at: datetime,
    until_at: datetime,
    by: Actor,
    at: datetime,
) -> DutyShift:
    """Put a person on duty for an organisation for a time, with somebody who stands by."""
    check_actor_manages(by, organisation)
    _lock_roster(organisation)
    return _planned(organisation, Line(person, stand_in, from_at, until_at), by, at)


@transaction.atomic
def import_shifts(*, organisation: Organisation, table: str, by: Actor, at: datetime) -> list[DutyShift]:
    """Put down every shift of a table, or none: one line each, person, stand-in, from, until, as usernames and times."""
    check_actor_manages(by, organisation)
    _lock_roster(organisation)
    made = []
    for number, line in enumerate(read_table(table, organisation, at=at), 1):
        try:
            made.append(_planned(organisation, line, by, at))
        except PlanRefusal as refusal:
            said = _("第%(number)d行：%(reason)s") % {"number": number, "reason": refusal.message_zh}
            raise PlanRefusal(
                said, clause=refusal.clause, code=refusal.code, status=refusal.status
            ) from refusal
    return made


@transaction.atomic
def end_shift(*, shift: DutyShift, by: Actor, at: datetime) -> DutyShift:
    """End a shift now, or call it off if it has not begun."""
    locked = DutyShift.objects.select_for_update(of=("self",)).get(pk=shift.pk)
    organisation = Organisation.objects.select_related("jurisdiction__host").get(pk=locked.organisation_id)
    check_actor_manages(by, organisation)
    if locked.until_at <= at:
        raise PlanRefusal(_("该班次已经结束。"), clause="", code="shift_is_over", status=409)
    locked.until_at = max(at, locked.from_at)
    locked.save(update_fields=["until_at"])
    record(_entry(locked, organisation, "accounts.end_shift", by, at))
    return locked


def _planned(organisation: Organisation, line: Line, by: Actor, at: datetime) -> DutyShift:
    if line.until_at <= line.from_at or line.until_at <= at:
        raise PlanRefusal(_("值班的结束时间须晚于开始时间，且不能已过。"), clause="", code="shift_span")
    if line.stand_in == line.person:
        raise PlanRefusal(_("备班须是另一个人。"), clause="", code="shift_stand_in")
    for person in filter(None, (line.person, line.stand_in)):
        check_belongs_to(person, organisation, at=at)
    theirs = DutyShift.objects.filter(
        organisation=organisation, person=line.person, from_at__lt=line.until_at, until_at__gt=line.from_at
    )
    if theirs.exists():
        raise PlanRefusal(_("此人在这段时间已有班次。"), clause="", code="shift_overlaps", status=409)
    shift = DutyShift.objects.create(
        organisation=organisation,
        person=line.person,
        stand_in=line.stand_in,
        from_at=line.from_at,
        until_at=line.until_at,
    )
    record(_entry(shift, organisation, "accounts.plan_shift", by, at))
    return shift


def _lock_roster(organisation: Organisation) -> None:
    """One change of a roster at a time, so that overlaps are seen."""
    Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)


def _entry(shift: DutyShift, organisation: Organisation, action: str, by: Actor, at: datetime) -> Entry:
    payload = {
        "person": f"user:{shift.person_id}",
        "stand_in": f"user:{shift.stand_in_id}" if shift.stand_in_id else "",
        "from_at": shift.from_at.isoformat(),
        "until_at": shift.until_at.isoformat(),
    }
    return Entry(
        chain=f"org:{organisation.code}",
        action=action,
        actor=by.ref,
        office=by.office,
        at=at,
        subject=f"shift:{shift.pk}",
        payload=payload,
    )
