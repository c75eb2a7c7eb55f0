"""Hospitals that report over HTTP whatever the weather, and send again under the same key until they are answered."""

import http.client
import json
import random
import time
import uuid
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event, Thread
from typing import Any

PATH = "/api/v1/cluster-reports/"
ANSWER_LIMIT_S = 10.0
PAUSE_S = 0.2
GIVE_UP_S = 60.0
ACCEPTED = (200, 201)
COME_AGAIN = (429, 500, 502, 503, 504)
# Ⅲ and nothing: the plan's own numbers do not matter here, only that the first starts clocks.
MANY, FEW = 120, 5
# Minutes from 事发 to the next stage of a clock of 5.1(8): the reminders, then the times that whole minutes end.
STAGES_AT_MIN = (*[15] * 6, 30, 30, 60, 120)


@dataclass
class Sent:
    """What the hospitals sent, and what they were told."""

    acknowledged: dict[str, str] = field(default_factory=dict)
    answers: Counter[str] = field(default_factory=Counter)
    contradicted: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)
    unanswered: list[str] = field(default_factory=list)
    broke_off: int = 0
    # What the receivers took of the house: number, and whether it was marked as a repeat.
    letters: list[tuple[str, bool]] = field(default_factory=list)


@dataclass
class Plan:
    """How many incidents to arm before the storm, and over which seconds from now their next stages fall due."""

    incidents: int
    first_due_s: float
    last_due_s: float


class Sender(Thread):
    """A hospital's system that sends again under the same key until it is answered."""

    give_up_s = GIVE_UP_S
    answer_limit_s = ANSWER_LIMIT_S

    def __init__(self, *, port: int, key: str, sent: Sent, seed: int) -> None:
        super().__init__(daemon=True)
        self.port, self.key, self.sent = port, key, sent
        self.rng = random.Random(seed)  # noqa: S311  a storm, not a secret

    def deliver(self, name: str, body: dict[str, Any], idempotency_key: str) -> None:
        """Send one report until it is answered; one in five is sent again and has to be answered the same."""
        ref = self.until_answered(body, idempotency_key)
        if ref is None:
            return
        self.sent.acknowledged[name] = ref
        if self.rng.random() < 0.2 and self.until_answered(body, idempotency_key) not in {ref, None}:
            self.sent.contradicted.append(name)

    def until_answered(self, body: dict[str, Any], idempotency_key: str) -> str | None:
        """POST until the report is acknowledged and give its ref; None if it is refused or nobody ever answers."""
        give_up_at = time.monotonic() + self.give_up_s
        while time.monotonic() < give_up_at:
            status, answer = self.post(json.dumps(body).encode(), idempotency_key)
            self.sent.answers[str(status or "no answer")] += 1
            if status in ACCEPTED:
                return str(json.loads(answer)["ref"])
            if status and status not in COME_AGAIN:
                self.sent.refused.append(f"{status} {answer.decode(errors='replace')}")
                return None
            time.sleep(PAUSE_S)
        self.sent.unanswered.append(str(body["reference"]))
        return None

    def post(self, body: bytes, idempotency_key: str) -> tuple[int, bytes]:
        """Send once; status 0 if no answer came."""
        headers = {
            "Authorization": f"Bearer {self.key}",
            "Content-Type": "application/json",
            "Idempotency-Key": idempotency_key,
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=self.answer_limit_s)
        try:
            connection.request("POST", PATH, body, headers)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException):
            return 0, b""
        finally:
            connection.close()


class Hospital(Sender):
    """One hospital's system: arms its share of incidents, then reports until told to stop."""

    def __init__(self, *, port: int, key: str, plan: Plan, sent: Sent, seed: int) -> None:
        super().__init__(port=port, key=key, sent=sent, seed=seed)
        self.plan = plan
        self.has_armed, self.is_over = Event(), Event()

    def run(self) -> None:
        """Report: first what arms, then one after the other until it is over."""
        for due_s in self.due_times():
            self.report(occurred=self.before_a_stage(due_s), ill=MANY)
        self.has_armed.set()
        while not self.is_over.wait(PAUSE_S):
            past = datetime.now(UTC) - timedelta(minutes=self.rng.uniform(1, 130))
            self.report(occurred=past, ill=self.rng.choice((MANY, FEW, FEW)))

    def due_times(self) -> Iterator[float]:
        """Moments spread evenly over the plan's span, by this process's clock."""
        begun = time.monotonic()
        for _ in range(self.plan.incidents):
            yield begun + self.rng.uniform(self.plan.first_due_s, self.plan.last_due_s) - time.monotonic()

    def before_a_stage(self, due_s: float) -> datetime:
        """The 事发 from which a stage falls due in so many seconds."""
        return datetime.now(UTC) + timedelta(seconds=due_s, minutes=-self.rng.choice(STAGES_AT_MIN))

    def report(self, *, occurred: datetime, ill: int) -> None:
        """Send one report until it is answered."""
        reference, idempotency_key = uuid.uuid4().hex, str(uuid.uuid4())
        body = {
            "reference": reference,
            # Nothing like another name: no incident is part of another.
            "place": {"name": uuid.uuid4().hex, "kind": "restaurant"},
            "first_onset_at": occurred.isoformat(),
            "last_onset_at": occurred.isoformat(),
            "counts": {"ill": ill},
        }
        self.deliver(reference, body, idempotency_key)
