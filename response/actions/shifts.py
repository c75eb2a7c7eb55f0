"""Hand an office's watch over to the next shift, and take it over (house practice, 非预案规定)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.duty_rights import check_belongs_to
from accounts.models import Organisation, User
from audit.models import Sealed
from audit.record import Entry, record
from audit.seals import name_of, seals
from outbox.actions.messages import Owed, owe
from response.actions.deciding import office_of
from response.models import ShiftHandover, ShiftTaking
from response.permissions import check_actor_takes_shift
from response.policies.shifts import check_hands_to_another, check_is_pending
from response.selectors.shifts import latest_handover
from response.situation.now import situation_of


@transaction.atomic
def hand_over_shift(*, to_person: User, note: str = "", by: Actor, at: datetime) -> ShiftHandover:
    """Hand the watch of one's office over to a colleague, with what is open by the system's own numbers.

    The latest handover counts: one that nobody took is replaced by the next. Refused: without an office (403), to
    oneself or to somebody of another office (422).
    """
    office = office_of(by)
    check_hands_to_another(by, to_person.pk)
    check_belongs_to(to_person, office, at=at)
    made = ShiftHandover.objects.create(
        organisation=office,
        to_person=to_person,
        note=note.strip(),
        on_record=_open_now(by, at),
        given_by=by.ref,
        given_at=at,
    )
    _write_down("response.hand_over_shift", office, made, by, at)
    owe(
        [
            Owed(
                dedupe_key=f"{name_of(made)}:{office.code}",
                recipient=office.code,
                kind="shift",
                title=_("【交接班】%(time)s 的交班待接班人签收") % {"time": f"{at:%Y-%m-%d}"},
                body=_("请接班人在交接班页面核对未办结事项并签收。"),
                link="/handover/",
            )
        ],
        at=at,
    )
    return made


@transaction.atomic
def take_over_shift(*, handover: ShiftHandover, note: str = "", by: Actor, at: datetime) -> ShiftTaking:
    """Take the watch over.

    Refused: by another person or in another office (403), twice or after a newer handover (409).
    """
    check_actor_takes_shift(by, handover)
    fresh = ShiftHandover.objects.select_related("organisation", "taking").get(pk=handover.pk)
    check_is_pending(fresh, latest_handover(fresh.organisation))
    made = ShiftTaking.objects.create(handover=fresh, note=note.strip(), taken_by=by.ref, taken_at=at)
    _write_down("response.take_over_shift", fresh.organisation, made, by, at)
    return made


def _open_now(actor: Actor, at: datetime) -> dict[str, object]:
    now = situation_of(actor, at=at)
    return {
        "incidents": [each.incident.number for each in now.incidents],
        "owed": [leg.obligation.pk for leg in now.owed],
        "overdue": now.overdue,
    }


def _write_down(action: str, office: Organisation, row: Sealed, by: Actor, at: datetime) -> None:
    record(
        Entry(
            chain=f"org:{office.code}",
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=name_of(row),
            payload={"rows": seals([row])},
        )
    )
