"""May this person write, read, send or receive this report?"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.refusal import PlanRefusal
from reporting.models import Document
from reporting.permissions import speaks_for


def check_actor_writes(actor: Actor, incident: Incident, document: Document) -> None:
    """Raise a refusal (403) unless the actor writes and signs for the bearer, or took the call (5.1(8), A50)."""
    if document.recipient is not None and actor.organisation == document.recipient:
        check_actor_may_with(actor, Right.RECORD_DELIVERY, incident)
        return
    check_actor_writes_for(actor, incident, document.bearer)


def check_actor_writes_for(actor: Actor, incident: Incident, bearer: Organisation) -> None:
    """Raise a refusal (403) unless the actor's office is the bearer or acts for its government (5.1(8), A50)."""
    check_actor_may_with(actor, Right.RECORD_DELIVERY, incident)
    if not speaks_for(actor, bearer):
        raise PlanRefusal(
            _("报告由报告单位起草和签发。"),
            clause="5.1(8)",
            code="not_the_bearer",
            status=403,
            next_step=_("请由报告单位办理；区县政府的，可由县级食药安办、监管部门代为办理。"),
        )


def reads(actor: Actor, document: Document, sent_to: Collection[int]) -> bool:
    """Say whether the actor may read what a report says: its own side, whom it was sent to, who took the call.

    sent_to: the ids of the organisations a signed report was sent to.
    """
    office = actor.organisation
    if office is None or not actor_has(actor, Right.RECORD_DELIVERY):
        return False
    return speaks_for(actor, document.bearer) or office.pk in {document.recipient_id, *sent_to}


def check_actor_reads(actor: Actor, document: Document, sent_to: Collection[int]) -> None:
    """Raise a refusal (403) unless the actor may read what a report says (5.1(8))."""
    if not reads(actor, document, sent_to):
        raise PlanRefusal(
            _("报告的内容由报告单位和收到它的单位查看。"),
            clause="5.1(8)",
            code="not_a_reader",
            status=403,
            next_step=_("需要了解内容的，请向报告单位或接收单位索取。"),
        )
