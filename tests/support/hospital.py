"""A hospital's system for tests: it speaks HTTP and knows only its key."""

import json
import uuid
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.test import Client

from audit.clock import database_now
from tests.support.people import hospital_key

URL = "/api/v1/cluster-reports/"
PROBLEM_KEYS = {"type", "title", "status", "detail", "code", "next_step"}


def ago(minutes: float) -> str:
    """A moment before now, as a hospital writes it."""
    return (database_now() - timedelta(minutes=minutes)).isoformat()


def cluster(ill: object = 60, **changes: Any) -> dict[str, Any]:
    """A body of counts alone."""
    return {
        "reference": "ED-1",
        "place": {"name": "甬江饭店", "kind": "restaurant"},
        "first_onset_at": ago(90),
        "last_onset_at": ago(29),
        "counts": {"ill": ill},
        **changes,
    }


def case(number: int, **more: Any) -> dict[str, Any]:
    """One patient of a line list."""
    return {"local_id": f"A-{number}", "sex": "female", "age": 30, "onset_at": ago(60), **more}


def refusal(answer: Any) -> dict[str, Any]:
    """The problem an answer carries, checked for form."""
    body: dict[str, Any] = answer.json()
    assert answer["Content-Type"] == "application/problem+json"
    assert body.keys() >= PROBLEM_KEYS
    assert body["status"] == answer.status_code
    assert any("一" <= letter <= "鿿" for letter in body["detail"])
    return body


class Hospital:
    """Sends reports with a fresh key of its own, and asks what became of them."""

    def __init__(self, code: str = "hosp-yinzhou-people") -> None:
        """Get a fresh key."""
        self.key, self.clear = hospital_key(code)
        self.code = code

    def send(
        self,
        body: object,
        *,
        key: str | None = None,
        raw: bytes | None = None,
        media_type: str = "application/json",
        headers: Mapping[str, str] | None = None,
    ) -> Any:
        """POST a body under an Idempotency-Key, a fresh one if none is given; a header given empty is left out."""
        named = {
            "Authorization": f"Bearer {self.clear}",
            "Idempotency-Key": key or str(uuid.uuid4()),
            **(headers or {}),
        }
        sent = json.dumps(body).encode() if raw is None else raw
        stated = {name: value for name, value in named.items() if value}
        return Client().post(URL, sent, content_type=media_type, headers=stated)

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Any:
        """Call an address under the reports, with a JSON body if one is given."""
        named = {"Authorization": f"Bearer {self.clear}", **headers}
        sent = b"" if body is None else json.dumps(body).encode()
        return Client().generic(method, f"{URL}{path}", sent, "application/json", headers=named)

    def fate(self, ref: str) -> Any:
        """GET what became of a report."""
        return Client().get(f"{URL}{ref}/", headers={"Authorization": f"Bearer {self.clear}"})


def moment(text: str) -> datetime:
    """Read a time out of an answer."""
    return datetime.fromisoformat(text)
