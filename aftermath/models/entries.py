"""What every entry of the aftermath is: append-only; a later version names the one it takes the place of, and why."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident

# Yuan and whole cents, exact.
DIGITS, CENTS = 14, 2


class Entry(Sealed):
    """One version of one entry: `replaces` names the version before, `first_id` the first; withdrawing is a version too."""

    slug: ClassVar[str]

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="+")
    replaces = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="replaced_by")
    first_id = models.BigIntegerField(null=True, blank=True, db_index=True)
    is_withdrawn = models.BooleanField(default=False)
    reason = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    # The browser form's token: a double click finds its first entry.
    form_token = models.UUIDField(null=True, blank=True, unique=True)
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                condition=Q(replaces__isnull=True, first_id__isnull=True, is_withdrawn=False, reason="")
                | Q(replaces__isnull=False, first_id__isnull=False) & ~Q(reason=""),
                name="aftermath_%(class)s_says_why",
            )
        ]

    @property
    def statement_id(self) -> int:
        """The number of the entry as first made, whatever followed."""
        return self.first_id or self.pk
