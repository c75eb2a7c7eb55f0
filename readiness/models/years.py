"""What a year brings: money (8.5) and teaching (8.7)."""

from django.db import models

from plan.readiness import Audience, Purpose, Teaching
from readiness.models.entries import Entry, once


class Budget(Entry):
    """What a unit's budget of a year holds for incidents: allotted, received, spent, and whether it came in time (8.5)."""

    year = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=80)
    purpose = models.CharField(max_length=10, choices=[(each.value, each.label_zh) for each in Purpose])
    allotted = models.DecimalField(max_digits=14, decimal_places=2)
    received = models.DecimalField(max_digits=14, decimal_places=2)
    spent = models.DecimalField(max_digits=14, decimal_places=2)
    on_time = models.BooleanField(null=True, blank=True)

    class Meta(Entry.Meta):
        constraints = [
            *Entry.Meta.constraints,
            once("year", "unit", "purpose", name="readiness_budget_once"),
        ]


class Activity(Entry):
    """Publicity, training or a drill held for one audience (8.7)."""

    held_on = models.DateField()
    topic = models.CharField(max_length=80)
    kind = models.CharField(max_length=10, choices=[(each.value, each.label_zh) for each in Teaching])
    audience = models.CharField(max_length=10, choices=[(each.value, each.label_zh) for each in Audience])
    organiser = models.CharField(max_length=80)
    people = models.PositiveIntegerField(null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name_plural = "activities"
        constraints = [
            *Entry.Meta.constraints,
            once("held_on", "topic", "audience", name="readiness_activity_once"),
        ]
