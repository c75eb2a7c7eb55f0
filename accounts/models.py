"""Who people are: jurisdictions, organisations, users, the offices they hold, hospitals' keys, screens on walls."""

from datetime import datetime

from django.contrib.auth.models import AbstractUser
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.rights import CITY_MANAGING, COUNTY_MANAGING
from plan.offices import OfficeKind


class JurisdictionKind(models.TextChoices):
    """The city, its ten counties, and the functional zones, which never count as an eleventh (A43)."""

    CITY = "city", _("市")
    COUNTY = "county", _("区县（市）")
    ZONE = "zone", _("功能区")


class Jurisdiction(models.Model):
    """An area with a competent government; a zone is mapped to its host county (A43)."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=40)
    name_en = models.CharField(max_length=60)
    kind = models.CharField(max_length=10, choices=JurisdictionKind)
    host = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="zones")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="zone", host__isnull=False) | ~Q(kind="zone") & Q(host__isnull=True),
                name="accounts_only_a_zone_has_a_host",
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def county(self) -> "Jurisdiction":
        """The county whose government is competent here: a zone's host, else itself (A43)."""
        return self.host if self.host is not None else self


class Organisation(models.Model):
    """A body the plan gives duties to, or one that reports."""

    code = models.CharField(max_length=60, unique=True)
    name = models.CharField(max_length=80)
    name_en = models.CharField(max_length=120, blank=True)
    kind = models.CharField(max_length=40, choices=[(kind.value, kind.label_zh) for kind in OfficeKind])
    jurisdiction = models.ForeignKey(Jurisdiction, models.PROTECT, related_name="organisations")
    # The bureau that houses 市食药安办 owes it no report of its own (A21).
    houses = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")

    def __str__(self) -> str:
        return self.name


class User(AbstractUser):
    """A person with a name of their own; what they may do comes from the offices they hold."""

    display_name = models.CharField(max_length=40)
    # Set with every password that somebody else has seen.
    must_change_password = models.BooleanField(default=False)
    # A login from before is over: whoever found a lost phone may have been in.
    logins_hold_from_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.display_name or self.username

    @property
    def ref(self) -> str:
        """How the evidence log and the outbox name the person."""
        return f"user:{self.pk}"


class OfficeHolding(models.Model):
    """A person holds an office in an organisation for a time; every act names the one it used."""

    user = models.ForeignKey(User, models.PROTECT, related_name="holdings")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="holdings")
    title = models.CharField(max_length=40)
    from_at = models.DateTimeField()
    # An office that ends when it begins was called off and never in force.
    until_at = models.DateTimeField(null=True, blank=True)
    # May manage the people and keys of the organisations the office reaches.
    is_manager = models.BooleanField(default=False)
    stands_in_for = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")),
                name="accounts_holding_ends_no_earlier",
            ),
            models.CheckConstraint(
                condition=Q(stands_in_for__isnull=True)
                | Q(until_at__isnull=False) & ~Q(stands_in_for=F("user")),
                name="accounts_stand_in_is_for_another_and_ends",
            ),
            models.UniqueConstraint(
                fields=["user", "organisation"],
                condition=Q(until_at__isnull=True),
                name="accounts_one_open_holding",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} {self.title}"

    @property
    def may_manage(self) -> bool:
        """Whether this is an office that a manager may sit in."""
        return OfficeKind(self.organisation.kind) in CITY_MANAGING | COUNTY_MANAGING

    def has_ended(self, at: datetime) -> bool:
        """Tell whether the office gives nothing any more."""
        return self.until_at is not None and self.until_at <= at


class DutyShift(models.Model):
    """A person has the duty of an organisation for a time, and perhaps somebody stands by (house roster, 非预案规定)."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="shifts")
    person = models.ForeignKey(User, models.PROTECT, related_name="shifts")
    stand_in = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    from_at = models.DateTimeField()
    # A shift that ends when it begins was called off.
    until_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_at__gte=F("from_at")), name="accounts_shift_ends_no_earlier"
            ),
            models.CheckConstraint(
                condition=Q(stand_in__isnull=True) | ~Q(stand_in=F("person")),
                name="accounts_shift_has_two_people",
            ),
        ]
        indexes = [models.Index(fields=["organisation", "until_at"], name="accounts_shifts")]

    def __str__(self) -> str:
        return f"{self.organisation} {self.from_at:%m-%d %H:%M}"


class Scope(models.TextChoices):
    """What a key may be used for."""

    REPORT = "cluster:write", _("报送聚集性病例")
    READ = "cluster:read", _("查询本院报告")
    OBSERVE = "observation:write", _("报送监测信息")


# A hospital's key reports cases, a department's what it watches (5.1(3), 8.2(a)).
HOSPITAL_SCOPES = (Scope.REPORT, Scope.READ)


class HospitalKey(models.Model):
    """An API key of a hospital, or of a department that watches: only its digest is kept, the key itself is shown once."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="keys")
    label = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    scopes = ArrayField(models.CharField(max_length=20, choices=Scope))
    # For trying out: what it sends is checked and answered as if it were meant, and nothing comes of it.
    is_test = models.BooleanField(default=False)
    # Where calls may come from, as CIDR; empty: from anywhere.
    networks = ArrayField(models.CharField(max_length=43), default=list, blank=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=False) | Q(revoked_reason=""),
                name="accounts_only_a_revoked_key_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.label}"


class KeyUse(models.Model):
    """How many calls a key made in its last minute, while Redis could not count them."""

    key = models.ForeignKey(HospitalKey, models.CASCADE, related_name="+")
    scope = models.CharField(max_length=20, choices=Scope)
    minute = models.DateTimeField()
    calls = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "scope"], name="accounts_one_count_per_key")]

    def __str__(self) -> str:
        return f"{self.key_id} {self.scope} {self.calls}"


class WallToken(models.Model):
    """Lets one screen on a wall show an office's live picture: read-only, only its keyed digest is kept."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="walls")
    # Where it hangs.
    label = models.CharField(max_length=60)
    prefix = models.CharField(max_length=12, unique=True)
    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_reason = models.CharField(max_length=200, blank=True)
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(revoked_at__isnull=True, revoked_reason="")
                | Q(revoked_at__isnull=False) & ~Q(revoked_reason=""),
                name="accounts_a_revoked_wall_has_a_reason",
            )
        ]

    def __str__(self) -> str:
        return f"{self.prefix}… {self.label}"
