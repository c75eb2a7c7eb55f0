"""May this person write, read, send or follow what 7.2 has written after an incident?"""

from collections.abc import Collection

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.offices import OfficeKind
from plan.papers import CLAUSE, PaperKind
from plan.refusal import PlanRefusal
from review.models import Improvement, PaperDispatch

RIGHT_OF: dict[str, Right] = {
    PaperKind.SUMMARY: Right.WRITE_SUMMARY,
    PaperKind.INVESTIGATION: Right.INVESTIGATE,
    PaperKind.LOCAL_REVIEW: Right.REVIEW_HANDLING,
}
# The office of a commission prepares what the commission signs (3.2).
OFFICE_OF = {
    OfficeKind.CITY_COMMISSION: OfficeKind.CITY_COMMISSION_OFFICE,
    OfficeKind.COUNTY_COMMISSION: OfficeKind.COUNTY_COMMISSION_OFFICE,
}


def acts_for(actor: Actor, body: Organisation) -> bool:
    """Say whether the actor's office is the body or the office of that commission (3.2)."""
    office = actor.organisation
    if office is None:
        return False
    is_its_office = OFFICE_OF.get(OfficeKind(body.kind)) == office.kind
    return office.pk == body.pk or (is_its_office and office.jurisdiction_id == body.jurisdiction_id)


def check_actor_writes_paper(actor: Actor, incident: Incident, kind: str, body: Organisation) -> None:
    """Raise a refusal (403) unless the actor's office is the one 7.2 has write the paper, or acts for it."""
    check_actor_may_with(actor, RIGHT_OF[kind], incident)
    if not acts_for(actor, body):
        raise PlanRefusal(
            _("这份文书由%s起草和签发。") % body.name, clause=CLAUSE, code="not_the_writer", status=403
        )


def reads_paper(actor: Actor, kind: str, body: Organisation, sent_to: Collection[int]) -> bool:
    """Say whether the actor may read a paper: who writes it, and once it is signed whom it was sent to."""
    office = actor.organisation
    if office is None:
        return False
    return (actor_has(actor, RIGHT_OF[kind]) and acts_for(actor, body)) or office.pk in sent_to


def check_actor_reads_paper(actor: Actor, kind: str, body: Organisation, sent_to: Collection[int]) -> None:
    """Raise a refusal (403) unless the actor may read what a paper says (7.2)."""
    if not reads_paper(actor, kind, body, sent_to):
        raise PlanRefusal(
            _("文书的内容由起草单位和收到它的单位查看。"),
            clause=CLAUSE,
            code="not_a_reader",
            status=403,
            next_step=_("需要了解内容的，请向起草单位索取。"),
        )


def check_actor_follows_dispatch(actor: Actor, incident: Incident, dispatch: PaperDispatch) -> None:
    """Raise a refusal (403) unless the actor's office got the paper, or wrote it and asked by phone (7.2)."""
    if actor.organisation is not None and actor.organisation.pk == dispatch.recipient_id:
        return
    paper = dispatch.signed.paper
    check_actor_writes_paper(actor, incident, paper.kind, paper.body)


def check_actor_supplies(actor: Actor, incident: Incident) -> Organisation:
    """Return the office; a refusal (403) unless it is 市食药安办, which speaks for the city upwards (7.2: Ⅰ, Ⅱ)."""
    return check_actor_may_with(actor, Right.REVIEW_HANDLING, incident)


def check_actor_follows(actor: Actor, incident: Incident) -> Organisation:
    """Return the office; a refusal (403) unless it is 市食药安办, which proposes improvements and follows them (7.2)."""
    return check_actor_may_with(actor, Right.REVIEW_HANDLING, incident)


def check_actor_improves(actor: Actor, improvement: Improvement) -> None:
    """Raise a refusal (403) unless the improvement was proposed to the actor's own office."""
    if actor.organisation is None or actor.organisation.pk != improvement.addressee_id:
        raise PlanRefusal(
            _("这条改进意见由%s办理。") % improvement.addressee.name,
            clause=CLAUSE,
            code="improvement_of_another",
            status=403,
        )
