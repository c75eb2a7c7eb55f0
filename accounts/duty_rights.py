"""Who may keep an organisation's roster and its addresses outside."""

from datetime import datetime

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.managers import check_actor_manages
from accounts.models import Organisation, User
from accounts.selectors import current_holdings
from plan.refusal import PlanRefusal


def is_own_contact(actor: Actor, organisation: str, person: str) -> bool:
    """Tell whether an address is the actor's own, in the office in use; the person is named `user:12`."""
    return bool(person) and actor.ref == person and actor.office == organisation


def check_actor_keeps_contacts(actor: Actor, organisation: Organisation, person: str) -> None:
    """Raise a refusal (403) unless the address is the actor's own or of an organisation the actor manages."""
    if not is_own_contact(actor, organisation.code, person):
        check_actor_manages(actor, organisation)


def check_belongs_to(person: User, organisation: Organisation, *, at: datetime) -> None:
    """Raise a refusal unless the person holds an office there now."""
    if (
        not person.is_active
        or not current_holdings(person.pk, at=at).filter(organisation=organisation).exists()
    ):
        raise PlanRefusal(
            _("此人现在不在该单位任职。"),
            clause="",
            code="not_of_this_office",
            next_step=_("请先授予职务，或另选人员。"),
        )
