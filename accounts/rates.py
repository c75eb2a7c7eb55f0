"""How many calls a key or an address may make in a minute: counted in Redis; a key's in the database while Redis is away."""

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from typing import Final

import redis
from django.conf import settings
from django.db import connection

from accounts.models import HospitalKey, Scope

WINDOW_S: Final = 60
# A broker that does not answer must not hold up an alarm.
ANSWER_WITHIN_S: Final = 0.25
COUNT: Final = (
    "INSERT INTO accounts_keyuse (key_id, scope, minute, calls) VALUES (%s, %s, %s, 1)"
    " ON CONFLICT ON CONSTRAINT accounts_one_count_per_key DO UPDATE SET calls ="
    " CASE WHEN accounts_keyuse.minute = EXCLUDED.minute THEN accounts_keyuse.calls + 1 ELSE 1 END,"
    " minute = EXCLUDED.minute RETURNING calls"
)


@dataclass(frozen=True, slots=True)
class Spent:
    """How many calls there were in this minute with this one, how many there may be, and when the next minute begins."""

    calls: int
    limit: int
    wait_s: int

    @property
    def is_over(self) -> bool:
        """Whether this call is one too many."""
        return self.calls > self.limit

    @property
    def is_first_over(self) -> bool:
        """Whether it is the first of the minute that is one too many."""
        return self.calls == self.limit + 1


def spend(key: HospitalKey, scope: Scope, *, at: datetime) -> Spent:
    """Count a call, and say whether it is within what the key may make in a minute (not the plan's: a house rule)."""
    limit = settings.API_WRITES_PER_MINUTE if scope == Scope.REPORT else settings.API_READS_PER_MINUTE
    stamp = int(at.timestamp())
    minute = stamp // WINDOW_S
    try:
        calls = _in_redis(f"calls:{key.prefix}:{scope.value}:{minute}")
    except redis.RedisError:
        calls = _in_database(key, scope, datetime.fromtimestamp(minute * WINDOW_S, UTC))
    return Spent(calls, limit, WINDOW_S - stamp % WINDOW_S)


def spend_from(address: str, door: str, *, limit: int, at: datetime) -> Spent:
    """Count a call to a door without keys; while Redis is away nothing is counted, for what comes there is signed."""
    stamp = int(at.timestamp())
    try:
        calls = _in_redis(f"calls:{door}:{address}:{stamp // WINDOW_S}")
    except redis.RedisError:
        calls = 0
    return Spent(calls, limit, WINDOW_S - stamp % WINDOW_S)


def _in_redis(name: str) -> int:
    with _client().pipeline() as both:
        both.incr(name)
        both.expire(name, 2 * WINDOW_S)
        calls, _kept = both.execute()
    return int(calls)


def _in_database(key: HospitalKey, scope: Scope, minute: datetime) -> int:
    with connection.cursor() as cursor:
        cursor.execute(COUNT, [key.pk, scope.value, minute])
        (calls,) = cursor.fetchone()
    return int(calls)


@cache
def _client() -> redis.Redis:
    return redis.Redis.from_url(
        settings.REDIS_URL, socket_timeout=ANSWER_WITHIN_S, socket_connect_timeout=ANSWER_WITHIN_S
    )
