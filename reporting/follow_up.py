"""What 5.2 asks of a first report, and how to tell that it has arrived (5.2: time, place, number)."""

from collections.abc import Collection

from django.db import models
from django.utils.translation import gettext_lazy as _

from incidents.models import FactKind, Incident

CLAUSE = "5.2"


class FollowUp(models.TextChoices):
    """What a report may say is unknown yet; it stays owed."""

    OCCURRED = "occurred", _("事故发生时间")
    PLACE = "place", _("事故地点")
    NUMBER = "number", _("人数")


def has_arrived(code: str, incident: Incident, kinds: Collection[str]) -> bool:
    """Say whether what was unknown is known now; `kinds` are those of the incident's current facts (预案 5.2)."""
    match FollowUp(code):
        case FollowUp.OCCURRED:
            return incident.occurred_latest is not None
        case FollowUp.PLACE:
            return bool(incident.place_id or incident.place_text or incident.address)
        case FollowUp.NUMBER:
            return FactKind.ILLNESS in kinds
