"""What Prometheus scrapes: read from the database when asked, so that it holds for the whole installation."""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from audit.clock import database_now
from config import vitals
from config.health import broker_answers, database_answers
from outbox.heartbeat import ages
from outbox.models import OUTSIDE, Channel
from response.evidence import last_verified

MEANINGS = {
    "stages_armed": "Stages that wait for their time.",
    "messages_failed": "Messages that were given up.",
    "incidents_open": "Incidents being dealt with, drills apart.",
}


@require_safe
@never_cache
def metrics(request: HttpRequest) -> HttpResponse:
    """Answer whoever has the token; without one in the settings there is nothing here."""
    if not settings.METRICS_TOKEN:
        raise Http404
    if not constant_time_compare(
        request.headers.get("Authorization", ""), f"Bearer {settings.METRICS_TOKEN}"
    ):
        return HttpResponse(status=401, headers={"WWW-Authenticate": "Bearer"})
    registry = CollectorRegistry(auto_describe=False)
    registry.register(Installation())
    return HttpResponse(generate_latest(registry), content_type=CONTENT_TYPE_LATEST)


class Installation(Collector):
    """Reads everything anew for each scrape. No label names a place or a person."""

    def collect(self) -> Iterable[Metric]:
        """Yield what could be read; without the database only that it is away."""
        parts = {"broker": float(broker_answers()), "database": float(database_answers())}
        yield _labelled("up", "Whether a part can be reached.", "part", parts)
        try:
            yield from list(_readings())
        except DatabaseError:
            return


def _readings() -> Iterator[Metric]:
    now = database_now()
    yield _labelled("heartbeat_age_seconds", "Since a process last did its round.", "source", ages())
    stages, waiting, fired = vitals.stages_due(now), vitals.messages_waiting(now), vitals.stages_fired()
    messages = waiting[Channel.INAPP]
    yield _gauge("stages_overdue", "Stages that are due and have not fired.", stages.number)
    yield _gauge("stage_overdue_seconds", "How long the oldest of them could have fired.", stages.oldest_s)
    yield CounterMetricFamily("ningbo_stages_fired", "Stages that have fired.", fired.number)
    yield _gauge("stage_lateness_last_seconds", "How late the last stage fired.", fired.last_late_s)
    yield _gauge(
        "stage_lateness_greatest_seconds",
        f"How late the latest of the newest {vitals.NEWEST} fired.",
        fired.greatest_late_s,
    )
    yield _gauge("messages_queued", "Messages that are due and have not been sent.", messages.number)
    yield _gauge("message_queued_seconds", "How long the oldest of them has waited.", messages.oldest_s)
    yield from _outside(waiting)
    for name, number in vitals.counts().items():
        yield _gauge(name, MEANINGS[name], number)
    yield from _evidence(now)


def _outside(waiting: dict[str, vitals.Due]) -> Iterator[Metric]:
    numbers = {channel.value: float(waiting[channel].number) for channel in OUTSIDE}
    yield _labelled("outside_queued", "Messages that wait to go out, retries included.", "channel", numbers)
    ages_s = {channel.value: waiting[channel].oldest_s for channel in OUTSIDE}
    yield _labelled("outside_queued_seconds", "How long the oldest of them has waited.", "channel", ages_s)


def _evidence(now: datetime) -> Iterator[Metric]:
    days_behind, verified = vitals.root_days_behind(now), last_verified()
    if days_behind is not None:
        yield _gauge("root_days_behind", "Days over that have no evidence root.", days_behind)
    if verified is not None:
        passed = (now - verified.at).total_seconds()
        yield _gauge("verified_age_seconds", "Since the log was last verified on record.", passed)
        yield _gauge("verified_broken", "Faults that this verification found.", verified.broken)


def _gauge(name: str, meaning: str, value: float) -> Metric:
    return GaugeMetricFamily(f"ningbo_{name}", meaning, value)


def _labelled(name: str, meaning: str, label: str, values: dict[str, float]) -> Metric:
    family = GaugeMetricFamily(f"ningbo_{name}", meaning, labels=[label])
    for key, value in sorted(values.items()):
        family.add_metric([key], value)
    return family
