"""The evidence log (预案 5.1: 不得隐匿、伪造、毁灭有关证据): append-only rows chained by hash."""

from typing import ClassVar

from django.db import models
from django.db.models import Func


class ClockTimestamp(Func):
    """PostgreSQL's clock_timestamp(): the wall clock, where now() would be the transaction's start."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class AuditEvent(models.Model):
    """One change of state: who, under which office, what, when; values only as ids, field names and hashes.

    `seq`, `recorded_at`, `prev_hash` and `hash` are set by a database trigger, which also takes the chain's lock.
    There are no foreign keys: the row must outlive and never constrain what it speaks of.
    """

    chain = models.CharField(max_length=80)
    seq = models.BigIntegerField(default=0)
    action = models.CharField(max_length=80)
    actor = models.CharField(max_length=80)
    office = models.CharField(max_length=80, blank=True)
    subject = models.CharField(max_length=80, blank=True)
    at = models.DateTimeField()
    recorded_at = models.DateTimeField(db_default=ClockTimestamp())
    payload = models.TextField(help_text="canonical JSON, hashed as it stands")
    prev_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["chain", "seq"], name="audit_one_row_per_place_in_chain")
        ]
        indexes = [models.Index(fields=["subject"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq} {self.action}"


class Sealed(models.Model):
    """An append-only row whose content the evidence log vouches for; `withheld` fields may name a person."""

    withheld: ClassVar[tuple[str, ...]] = ()
    # Fields that came after rows had been sealed: left empty they are no part of what a row says, so that older seals hold.
    added_later: ClassVar[tuple[str, ...]] = ()
    # For rows older than the seals of their kind: the subject by which the log gave a hash of each, and the field that holds it.
    hashed_before: ClassVar[tuple[str, str] | None] = None

    class Meta:
        abstract = True


class ChainHead(models.Model):
    """The last place and hash of each chain; written by the trigger alone."""

    chain = models.CharField(max_length=80, primary_key=True)
    seq = models.BigIntegerField()
    hash = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.chain}#{self.seq}"


class DailyRoot(models.Model):
    """One hash a day over every chain that moved since the last root, itself chained to that root."""

    on = models.DateField(unique=True)
    made_at = models.DateTimeField(db_default=ClockTimestamp())
    prev_root = models.CharField(max_length=64, blank=True)
    heads = models.TextField(help_text="lines of `chain seq hash`, sorted by chain")
    root = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.on} {self.root}"
