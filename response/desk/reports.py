"""What waits about reports: clocks of one's own side, facts still owed, documents on their way (5.1, 5.2)."""

from collections.abc import Collection, Iterator, Sequence

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Incident
from reporting.leg_view import LegView
from reporting.permissions import speaks_for
from reporting.selectors import open_duties
from reporting.verdicts import VerdictState
from response.desk.todo import ToDo
from response.situation.now import Situation
from response.situation.pipeline import InPipeline, Stage, pipeline


def own_legs(actor: Actor, owed: Sequence[LegView]) -> list[LegView]:
    """Return the legs that the actor's office owes, or sends in its government's place (A50)."""
    sends = actor_has(actor, Right.RECORD_DELIVERY)
    return [
        leg for leg in owed if leg.bearer == actor.organisation or (sends and speaks_for(actor, leg.bearer))
    ]


def legs_to_send(actor: Actor, owed: Sequence[LegView]) -> Iterator[ToDo]:
    """Yield the reports that the actor's side still owes (5.1(8))."""
    for leg in own_legs(actor, owed):
        own = leg.obligation
        yield ToDo(
            key=f"leg-{own.pk}",
            what=_("向%(who)s作%(how)s") % {"who": leg.recipient.name, "how": leg.label},
            url=f"{reverse('response:incident', args=[leg.incident.number])}#case-clocks",
            since=own.anchor_latest,
            incident=leg.incident,
            note=leg.bearer.name,
            clause=own.clause,
            due_at=leg.countdown_at or own.limit_at,
            is_late=leg.verdict.state == VerdictState.MISSED,
        )


def facts_owed(actor: Actor, situation: Situation) -> Iterator[ToDo]:
    """Yield the facts that the actor's office still owes about what it reported (5.2)."""
    for view in open_duties([each.incident.pk for each in situation.incidents], situation.at):
        duty = view.duty
        if duty.bearer == actor.organisation:
            yield ToDo(
                key=f"fact-{duty.pk}",
                what=_("补报%s") % view.label,
                url=f"{reverse('response:incident', args=[duty.incident.number])}#facts",
                since=duty.opened_at,
                incident=duty.incident,
                clause="5.2",
            )


def documents_waiting(actor: Actor, incident_ids: Collection[int]) -> Iterator[ToDo]:
    """Yield the reports that this side has to check, sign, send or confirm (5.1(8))."""
    if not actor_has(actor, Right.RECORD_DELIVERY):
        return
    for stage, rows in pipeline(incident_ids, actor).items():
        for each in rows:
            yield from _of_document(actor, stage, each)


def _of_document(actor: Actor, stage: Stage, each: InPipeline) -> Iterator[ToDo]:
    document, incident = each.row.document, each.row.document.incident
    if speaks_for(actor, document.bearer):
        what = _next_step(stage, each)
        if what:
            yield _document(each, what, incident, f"document-{document.pk}")
    owed = (sent for sent in each.row.dispatches if getattr(sent, "receipt", None) is None)
    if any(sent.recipient == actor.organisation for sent in owed):
        yield _document(each, _("确认收到%s"), incident, f"receipt-{document.pk}")


def _next_step(stage: Stage, each: InPipeline) -> str:
    if each.row.owes_countersignature:
        return _("补签%s")
    return {
        Stage.DRAFT: _("核稿、签发%s"),
        Stage.CHECKED: _("签发%s"),
        Stage.SIGNED: _("报送%s"),
        Stage.SENT: _("登记收到%s"),
    }.get(stage, "")


def _document(each: InPipeline, what: str, incident: Incident, key: str) -> ToDo:
    document = each.row.document
    return ToDo(
        key=key,
        what=what % each.row.name,
        url=reverse("reporting:document", args=[incident.number, document.pk]),
        since=each.since,
        incident=incident,
        note=document.bearer.name,
        clause="5.1(8)",
    )
