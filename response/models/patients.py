"""The patients of an incident one by one, by each hospital's own number and without a name, and the agent (6.4.2(1))."""

from django.db import models
from django.db.models import F, Q

from accounts.models import Organisation
from audit.models import Sealed
from incidents.models import Incident
from plan.courses import Turn


class Patient(Sealed):
    """A hospital's record of a patient, by the hospital's own number; append-only, what happens stands in its events.

    A case line list's case of the same hospital and number is the same patient.
    """

    withheld = ("local_id",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="patients")
    hospital = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    local_id = models.CharField(max_length=64)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    registered_by = models.CharField(max_length=80)
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["incident", "hospital", "local_id"], name="response_patient_once_per_hospital"
            )
        ]

    def __str__(self) -> str:
        return f"patient {self.pk}"


class PatientEvent(Sealed):
    """Something that happened to a patient; append-only, a mistaken one is retracted by a row with its reason.

    A transfer leads `to` the other hospital's record, and the two are one patient.
    """

    withheld = ("note", "reason")

    patient = models.ForeignKey(Patient, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=12, choices=[(each.value, each.label_zh) for each in Turn])
    happened_at = models.DateTimeField()
    to = models.ForeignKey(Patient, models.PROTECT, null=True, blank=True, related_name="arrivals")
    note = models.CharField(max_length=200, blank=True)
    retracts = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="retracted_by"
    )
    reason = models.CharField(max_length=300, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    recorded_by = models.CharField(max_length=80)
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(retracts__isnull=True, reason="") | Q(retracts__isnull=False) & ~Q(reason=""),
                name="response_turn_retracted_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(kind="transferred", to__isnull=False)
                | ~Q(kind="transferred") & Q(to__isnull=True),
                name="response_only_a_transfer_leads_on",
            ),
            models.CheckConstraint(
                condition=Q(happened_at__lte=F("recorded_at")), name="response_turn_before_it_was_recorded"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.patient_id} {self.kind}"


class AgentFinding(Sealed):
    """What is judged to have made people ill, and the longest incubation to wait for (6.4.2(1), A33); append-only.

    `agent` is a code of the plan's table, or empty with the agent in words (`other`) or unknown.
    """

    withheld = ("expert",)

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="agent_findings")
    agent = models.CharField(max_length=20, blank=True)
    other = models.CharField(max_length=60, blank=True)
    incubation_h = models.DecimalField(max_digits=7, decimal_places=2, null=True, blank=True)
    last_exposure_at = models.DateTimeField(null=True, blank=True)
    expert = models.CharField(max_length=80, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    found_by = models.CharField(max_length=80)
    found_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(agent="") | Q(other=""), name="response_one_agent_listed_or_other"
            ),
            models.CheckConstraint(
                condition=Q(incubation_h__isnull=True, last_exposure_at__isnull=True) | ~Q(expert=""),
                name="response_agents_figures_have_expert",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.incident_id} {self.agent or self.other}"
