"""What must be there before a story begins: who exists, the registered places, and the desks without passwords."""

from datetime import datetime

from accounts.actions.offices import grant_office
from accounts.actions.reference import load_reference
from accounts.actions.users import create_user
from accounts.actors import SYSTEM
from accounts.data.demo import DEMO_PEOPLE
from accounts.models import Organisation, User
from incidents.actions.demo_places import load_demo_places


def set_stage(*, at: datetime) -> None:
    """Create what is missing, as of the story's first moment; what is there stays."""
    load_reference(by=SYSTEM, at=at)
    load_demo_places(by=SYSTEM, at=at)
    organisations = {organisation.code: organisation for organisation in Organisation.objects.all()}
    known = set(User.objects.values_list("username", flat=True))
    for username, name, codes in DEMO_PEOPLE:
        if username not in known:
            user = create_user(username=username, display_name=name, by=SYSTEM, at=at)
            for code in codes:
                office = organisations[code]
                grant_office(user=user, organisation=office, title=office.name, by=SYSTEM, at=at)
