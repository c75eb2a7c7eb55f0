"""What monitors ask: is the process alive, can it work, do the clocks run."""

from typing import Any

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from audit.clock import database_now
from config import vitals
from outbox.heartbeat import ages
from outbox.models import OUTSIDE, Channel

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
    parts = {"database": database_answers(), "broker": broker_answers()}
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
    waiting = vitals.messages_waiting(now)
    return {
        "at": now,
        "heartbeat_age_s": {source: round(float(age), 1) for source, age in sorted(ages().items())},
        "overdue_stage_s": vitals.stages_due(now).oldest_s,
        "queued_message_s": waiting[Channel.INAPP].oldest_s,
        "queued_outside_s": {channel.value: waiting[channel].oldest_s for channel in OUTSIDE},
    }


def database_answers() -> bool:
    """Tell whether the database can be asked."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return False
    return True


def broker_answers() -> bool:
    """Tell whether the broker can be reached."""
    broker = redis.Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=BROKER_TIMEOUT_S, socket_timeout=BROKER_TIMEOUT_S
    )
    try:
        return bool(broker.ping())
    except redis.RedisError:
        return False
    finally:
        broker.close()
