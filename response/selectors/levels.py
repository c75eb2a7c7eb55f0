"""The assessments on which a level may be fixed (6.1)."""

from django.db.models import QuerySet

from incidents.models import Incident
from incidents.selectors import family_ids
from response.models import AssessmentReport

MOST_OFFERED = 8


def reports_of(incident: Incident) -> QuerySet[AssessmentReport]:
    """Return the latest assessments of an incident and of what was merged into it, the newest first."""
    found = AssessmentReport.objects.filter(incident__in=family_ids(incident))
    return found.select_related("organisation", "record").order_by("-pk")[:MOST_OFFERED]
