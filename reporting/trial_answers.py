"""What a hospital is told of what its test key sent: as of a report, and marked as a test."""

import json
from typing import Any

from django.urls import reverse

from accounts.models import Organisation
from reporting.answers import beijing, one_page
from reporting.models import ReportState, TrialReport


def trial_answer(trial: TrialReport) -> dict[str, Any]:
    """Return the fate of a test report as that of a report would be given (5.1(3))."""
    of_series = TrialReport.objects.filter(organisation=trial.organisation_id, reference=trial.reference)
    newest = of_series.order_by("-revision")[0]
    body: dict[str, Any] = json.loads(trial.body)
    return {
        **body,
        "superseded_by": None if newest == trial else str(newest.ref),
        "state": _state(trial),
        "withdrawn_at": beijing(trial.withdrawn_at),
        "withdrawal_reason": trial.withdrawal_reason or None,
        "closed_at": beijing(newest.closed_at),
    }


def listed_trials(hospital: Organisation, *, page: int) -> dict[str, Any]:
    """Return one page of what a hospital's test keys sent, the newest first."""
    own = TrialReport.objects.filter(organisation=hospital).order_by("-received_at", "-pk")
    return one_page(own, page, _listed)


def _listed(trial: TrialReport) -> dict[str, Any]:
    return {
        "ref": str(trial.ref),
        "url": reverse("reporting_api:cluster_report", args=[trial.ref]),
        "reference": trial.reference,
        "revision": trial.revision,
        "received_at": beijing(trial.received_at),
        "state": _state(trial),
        "closed_at": beijing(trial.closed_at),
        "incident_number": "",
        "is_test": True,
    }


def _state(trial: TrialReport) -> ReportState:
    return ReportState.WITHDRAWN if trial.withdrawn_at else ReportState.ACCEPTED
