"""What strikes: kills, restarts, a flushed and a stopped broker, a frozen beat; one after the other, in random order."""

import random
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import redis

from ops.ports import answers
from ops.storm.house import StormHouse

BROKER_AWAY_S = 5.0
BEAT_FROZEN_S = 6.0
# Between one fault's end and the next fault: more than the lateness allowed, so that each has its own account.
LULL_S = 3.0

Strike = Callable[[StormHouse], Iterator[None]]


@dataclass(frozen=True)
class Fault:
    """Something that goes wrong; `strike` does it and goes on until it is over."""

    what: str
    strike: Strike
    is_of_database: bool = False


@dataclass(frozen=True)
class Blow:
    """A fault that happened: from when to when the house was without what was hit."""

    fault: Fault
    began: float
    over: float


def hit(*names: str, sign: signal.Signals = signal.SIGKILL) -> Strike:
    """End processes by a signal; over once the supervisor has started each again and all takes connections."""

    def strike(house: StormHouse) -> Iterator[None]:
        hit_ones = {name: house.child(name).process for name in names}
        for process in hit_ones.values():
            if process is not None:
                process.send_signal(sign)
        while any(house.child(name).process is process for name, process in hit_ones.items()):
            yield
        while not is_up(house):
            yield

    return strike


def stopped_broker(house: StormHouse) -> Iterator[None]:
    """Stop the broker and keep it away for seconds."""
    child = house.child("broker")
    old = child.process
    if old is not None:
        old.terminate()
        old.wait()
    child.retry_at = time.monotonic() + BROKER_AWAY_S
    while child.process is old or not is_up(house):
        yield


def flushed_broker(house: StormHouse) -> Iterator[None]:
    """Make the broker forget everything."""
    with redis.Redis.from_url(house.broker_url) as broker:
        broker.flushall()
    yield


def frozen_beat(house: StormHouse) -> Iterator[None]:
    """Let beat neither live nor die for seconds."""
    process = house.child("beat").process
    if process is None:
        return
    process.send_signal(signal.SIGSTOP)
    until = time.monotonic() + BEAT_FROZEN_S
    while time.monotonic() < until:
        yield
    process.send_signal(signal.SIGCONT)


FAULTS = (
    Fault("kill -9 web", hit("web")),
    Fault("kill -9 a worker", hit("worker-1")),
    Fault("kill -9 the other worker", hit("worker-2")),
    Fault("kill -9 both workers", hit("worker-1", "worker-2")),
    Fault("kill -9 beat", hit("beat")),
    Fault("kill -9 a clock", hit("clock-1")),
    Fault("kill -9 the other clock", hit("clock-2")),
    Fault("kill -9 both clocks", hit("clock-1", "clock-2")),
    Fault("freeze beat", frozen_beat),
    Fault("FLUSHALL", flushed_broker),
    Fault("stop the broker", stopped_broker),
    Fault("kill -9 the broker", hit("broker")),
    Fault("restart PostgreSQL, fast", hit("database", sign=signal.SIGINT), is_of_database=True),
    Fault("restart PostgreSQL, immediate", hit("database", sign=signal.SIGQUIT), is_of_database=True),
    Fault("kill -9 PostgreSQL", hit("database"), is_of_database=True),
)


def is_up(house: StormHouse) -> bool:
    """Whether all that listens takes connections."""
    broker_port = int(house.broker_url.rpartition(":")[2].partition("/")[0])
    return house.is_database_ready() and answers(house.port) and answers(broker_port)


def storm(house: StormHouse, *, seconds: float, rng: random.Random) -> list[Blow]:
    """Let faults strike for so many seconds, every kind before any comes again."""
    until = time.monotonic() + seconds
    blows: list[Blow] = []
    waiting: list[Fault] = []
    while time.monotonic() < until:
        waiting = waiting or rng.sample(FAULTS, k=len(FAULTS))
        blows.append(blow(house, waiting.pop()))
        calm_until = time.monotonic() + LULL_S
        while time.monotonic() < calm_until:
            house.tend()
    return blows


def blow(house: StormHouse, fault: Fault) -> Blow:
    """Strike once, tend the house until it is over."""
    began = time.time()
    for _ in fault.strike(house):
        house.tend()
    return Blow(fault, began, house.database_ready_at() if fault.is_of_database else time.time())
