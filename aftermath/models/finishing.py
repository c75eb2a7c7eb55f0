"""That the aftermath was declared finished (7.2: 善后处置工作结束后), and what went on all the same."""

from django.db import models

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident


class Finish(Sealed):
    """One declaration, by the food-safety regulator in charge; append-only, a later end of a response asks for another.

    `carried` names each item that was open, `costs` the sums by kind, both as they were then.
    """

    withheld = ("statement",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    statement = models.TextField()
    carried = models.JSONField(default=list, blank=True)
    costs = models.JSONField(default=dict, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    declared_by = models.CharField(max_length=80)
    declared_at = models.DateTimeField()

    class Meta:
        verbose_name_plural = "finishes"

    def __str__(self) -> str:
        return f"{self.incident_id} {self.declared_at:%Y-%m-%d}"
