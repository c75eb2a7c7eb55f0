"""Record the paper that follows an oral decision (A28, A59)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from plan.authority import Act
from plan.refusal import PlanRefusal
from response.actions.deciding import decide, lock_whole
from response.models import Decision, Step
from response.policies.rounds import check_owes_paper, clause_of
from response.selectors.running import decisions_of


@transaction.atomic
def record_paper(
    *, decision: Decision, document: str, signed_at: datetime, by: Actor, at: datetime
) -> Decision:
    """Record the paper of an oral decision (A59); its lateness voids nothing. The same paper entered twice is one.

    Refused: without sight of the incident (403), no document or signed in the future (422), nothing owed or another
    paper there (409).
    """
    incident = lock_whole(decision.incident)
    check_actor_may(by, Right.SEE_INCIDENTS)
    _check_paper(decision, by, document, signed_at, at)
    known = Decision.objects.filter(paper_of=decision).first()
    if known is not None and known.document == document:
        return known
    check_owes_paper(decision, decisions_of(incident))
    kept = ("decider", "capacity", "level", "county_id", "response_id")
    return decide(
        incident=incident,
        act=Act(decision.act),
        step=Step(decision.step),
        fields={
            **{name: getattr(decision, name) for name in kept},
            "paper_of": decision,
            "document": document,
            "given_at": signed_at,
        },
        by=by,
        at=at,
    )


def _check_paper(decision: Decision, by: Actor, document: str, signed_at: datetime, at: datetime) -> None:
    clause = clause_of(decision.act)
    if by.organisation is None or by.organisation.pk != decision.organisation_id:
        raise PlanRefusal(
            _("书面文件由作出口头决定的单位补登。"),
            clause=clause,
            code="paper_of_another_office",
            status=403,
        )
    if not document.strip():
        raise PlanRefusal(_("请填写文号。"), clause=clause, code="document_missing")
    if signed_at > at:
        raise PlanRefusal(_("签署时间不能晚于现在。"), clause=clause, code="given_in_future")
