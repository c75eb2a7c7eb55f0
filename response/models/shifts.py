"""One shift hands over to the next (house practice, 非预案规定): what was open, said by one person and taken on by another."""

from django.db import models

from accounts.models import Organisation, User
from audit.models import Sealed


class ShiftHandover(Sealed):
    """A person hands an office's watch over to a colleague; append-only.

    `on_record` is what was open by the system's own numbers then, `note` what the person adds.
    """

    withheld = ("note",)

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="handovers")
    to_person = models.ForeignKey(User, models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    on_record = models.JSONField()
    given_by = models.CharField(max_length=80)
    given_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["organisation", "-given_at"], name="response_handovers")]

    def __str__(self) -> str:
        return f"{self.organisation_id} {self.given_at:%m-%d %H:%M}"


class ShiftTaking(Sealed):
    """The colleague took the watch over; append-only."""

    withheld = ("note",)

    handover = models.OneToOneField(ShiftHandover, models.PROTECT, related_name="taking")
    note = models.TextField(blank=True)
    taken_by = models.CharField(max_length=80)
    taken_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.handover_id} {self.taken_at:%m-%d %H:%M}"
