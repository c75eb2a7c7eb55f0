"""May this person? Who keeps the plan, the counties' plans and their inspection (9.1)."""

from accounts.actors import Actor
from accounts.models import Jurisdiction
from accounts.permissions import check_actor_may
from accounts.rights import Right


def check_actor_sees_plans(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor's office acts under the plan and may read its editions (9.1)."""
    check_actor_may(actor, Right.SEE_INCIDENTS)


def check_actor_keeps_plan(actor: Actor) -> None:
    """Raise a refusal (403) unless the actor's office manages the plan: 市食药安办 (9.1)."""
    check_actor_may(actor, Right.KEEP_PLAN)


def check_actor_keeps_county_plan(actor: Actor, county: Jurisdiction) -> None:
    """Raise a refusal (403) unless the actor's office keeps this county's plan, the city's office any (9.1)."""
    check_actor_may(actor, Right.KEEP_COUNTY_PLAN, counties={county.pk})
