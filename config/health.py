"""What monitors ask: is the process alive, can it work, do the clocks run."""

from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.clock import database_now
from outbox.heartbeat import ages
from outbox.models import Message, MessageState
from reporting.models import Obligation

BROKER_TIMEOUT_S = 1.0


@require_safe
@never_cache
def healthz(_request: HttpRequest) -> HttpResponse:
    """Answer as long as the process does."""
    return HttpResponse("ok\n", content_type="text/plain")


@require_safe
@never_cache
def readyz(_request: HttpRequest) -> JsonResponse:
    """Say whether database and broker can be reached; 503 if one can't."""
    parts = {"database": _database_answers(), "broker": _broker_answers()}
    return JsonResponse(parts, status=200 if all(parts.values()) else 503)


@require_safe
@never_cache
def clockz(_request: HttpRequest) -> JsonResponse:
    """Give the age of each heartbeat and how far stages and messages lag, in seconds; 503 without the database."""
    try:
        return JsonResponse(_clocks())
    except DatabaseError:
        return JsonResponse({"database": False}, status=503)


def _clocks() -> dict[str, Any]:
    now = database_now()
    stages = Obligation.objects.filter(next_due_at__lte=now).aggregate(oldest=Min("next_due_at"))
    queued = Message.objects.filter(state=MessageState.QUEUED, next_try_at__lte=now)
    messages = queued.aggregate(oldest=Min("created_at"))
    lag = {"overdue_stage_s": stages["oldest"], "queued_message_s": messages["oldest"]}
    return {
        "at": now,
        "heartbeat_age_s": {source: round(float(age), 1) for source, age in sorted(ages().items())},
        **{name: round((now - oldest).total_seconds(), 1) if oldest else 0 for name, oldest in lag.items()},
    }


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def _broker_answers() -> bool:
    broker = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT_S, socket_timeout=BROKER_TIMEOUT_S
    )
    try:
        return bool(broker.ping())
    except redis.RedisError:
        return False
    finally:
        broker.close()
