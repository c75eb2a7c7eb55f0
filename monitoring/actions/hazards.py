"""A hazard is found; a control measure is taken and health is told, each stamped (4.1(f), A19)."""

import uuid
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from monitoring.actions.sharing import note_sharing
from monitoring.models import Hazard, HazardAct, HazardActKind, SharingWay
from monitoring.permissions import check_actor_can_monitor
from monitoring.policies import check_not_in_future, check_says_what, check_stands
from monitoring.values import NewHazard
from outbox.actions.messages import Owed, owe
from plan.refusal import PlanRefusal
from reporting.public_record import take_turns

CLAUSE = "4.1"
SAID = {
    HazardActKind.CONTROL: "monitoring.control_hazard",
    HazardActKind.TELL: "monitoring.tell_of_hazard",
    HazardActKind.WITHDRAW: "monitoring.withdraw_hazard",
}


@transaction.atomic
def find_hazard(*, hazard: NewHazard, form_token: uuid.UUID | None = None, by: Actor, at: datetime) -> Hazard:
    """Record a hazard or problem that was found; from then on a control measure and a notice to health are owed (4.1(f)).

    Sent twice, it is one. Refused: outside the office's area (403), found in the future or without a name (422).
    """
    office = check_actor_can_monitor(by, hazard.area)
    take_turns(f"hazards:{form_token or ''}")
    before = Hazard.objects.filter(form_token=form_token, recorded_by=by.ref).first() if form_token else None
    if before is not None:
        return before
    check_says_what(hazard.title, CLAUSE)
    check_not_in_future(hazard.found_at, at, CLAUSE)
    row = Hazard(
        title=hazard.title,
        stream=hazard.stream.value,
        stage=hazard.stage.value if hazard.stage else "",
        area=hazard.area,
        place_text=hazard.place_text,
        food=hazard.food,
        note=hazard.note,
        found_at=hazard.found_at,
        observation=hazard.observation,
        signal=hazard.signal,
        organisation=office,
        is_drill=hazard.is_drill,
        is_demo=hazard.is_demo,
        form_token=form_token,
        recorded_by=by.ref,
        recorded_at=at,
    )
    row.save(force_insert=True)
    write_down("monitoring.find_hazard", row.chain, by, at, rows=[row])
    return row


@transaction.atomic
def control_hazard(
    *, hazard: Hazard, words: str, done_at: datetime | None = None, by: Actor, at: datetime
) -> HazardAct:
    """Record a control measure against a hazard, with its own time (4.1(f)); the first ends that duty."""
    office = _check_may_act(hazard, words, done_at or at, by, at)
    act = HazardAct(hazard=hazard, kind=HazardActKind.CONTROL, organisation=office, words=words)
    act.done_at = done_at or at
    return _act(act, by, at)


@transaction.atomic
def tell_of_hazard(
    *, hazard: Hazard, recipients: Sequence[Organisation], words: str, by: Actor, at: datetime
) -> list[HazardAct]:
    """Tell health and others of a hazard (4.1(f)): each gets a message, and stands in the log of what was shared (4.1(c)).

    Refused: by another office than the finder's (403), without a recipient or words (422), once withdrawn (409).
    """
    office = _check_may_act(hazard, words, at, by, at)
    if office != hazard.organisation:
        raise PlanRefusal(_("由发现隐患的部门通报。"), clause=CLAUSE, code="not_the_finder", status=403)
    if not recipients:
        raise PlanRefusal(_("请选择通报给谁。"), clause=CLAUSE, code="nobody_told")
    acts = []
    for each in recipients:
        act = HazardAct(hazard=hazard, kind=HazardActKind.TELL, organisation=office, words=words, done_at=at)
        act.recipient = each
        acts.append(_act(act, by, at))
        note_sharing(
            what=hazard.title,
            subject=hazard.chain,
            receivers=[each],
            way=SharingWay.MESSAGE,
            is_drill=hazard.is_drill,
            by=by,
            at=at,
        )
    owe([_message(hazard, act) for act in acts], at=at)
    return acts


@transaction.atomic
def withdraw_hazard(*, hazard: Hazard, reason: str, by: Actor, at: datetime) -> HazardAct:
    """Take the finding of a hazard back, with a reason; nothing more is owed, and all stays on record."""
    office = _check_may_act(hazard, reason, at, by, at)
    if office != hazard.organisation:
        raise PlanRefusal(_("由发现隐患的部门撤回。"), clause=CLAUSE, code="not_the_finder", status=403)
    act = HazardAct(hazard=hazard, kind=HazardActKind.WITHDRAW, organisation=office, words=reason)
    act.done_at = at
    return _act(act, by, at)


def _check_may_act(hazard: Hazard, words: str, done_at: datetime, by: Actor, at: datetime) -> Organisation:
    take_turns(hazard.chain)
    office = check_actor_can_monitor(by, hazard.area)
    check_stands(list(hazard.acts.all()))
    check_says_what(words, CLAUSE)
    check_not_in_future(done_at, at, CLAUSE)
    if done_at < hazard.found_at:
        raise PlanRefusal(_("不能早于发现的时间。"), clause=CLAUSE, code="before_it_was_found")
    return office


def _act(act: HazardAct, by: Actor, at: datetime) -> HazardAct:
    act.recorded_by, act.recorded_at = by.ref, at
    act.save(force_insert=True)
    write_down(SAID[HazardActKind(act.kind)], act.hazard.chain, by, at, rows=[act])
    return act


def _message(hazard: Hazard, act: HazardAct) -> Owed:
    return Owed(
        dedupe_key=f"hazard:{hazard.pk}:told:{act.pk}",
        recipient=act.recipient.code if act.recipient else "",
        kind="hazard_told",
        title=_("食品安全隐患通报：%s") % hazard.title,
        body=_("%(office)s通报，%(area)s。") % {"office": act.organisation.name, "area": hazard.area.name},
        link=reverse("monitoring:hazard", args=[hazard.pk]),
        chain=hazard.chain,
        drill=hazard.is_drill,
        is_alarm=True,
    )
