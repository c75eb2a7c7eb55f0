"""A body that is too large is answered before anything is made of it, whether or not it said its length."""

import asyncio
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlsplit

import pytest

from config.bodies import LARGEST_BODY, LimitedBody


def sent(*sizes: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the application receives of a body that comes in parts of these sizes, and what is answered for it."""
    parts = [{"type": "http.request", "body": bytes(size), "more_body": True} for size in sizes]
    parts[-1]["more_body"] = False
    answers: list[dict[str, Any]] = []

    async def receive() -> Any:
        return parts.pop(0)

    async def send(event: Any) -> None:
        answers.append(event)

    async def read() -> list[dict[str, Any]]:
        body = LimitedBody(receive, send)
        events: list[dict[str, Any]] = []
        while not events or events[-1].get("more_body"):
            events.append(dict(await body()))
        return events

    return asyncio.run(read()), answers


@pytest.mark.parametrize("sizes", [(LARGEST_BODY,), (LARGEST_BODY - 1, 1), (0,)])
def test_the_largest_body_passes_whole(sizes: tuple[int, ...]) -> None:
    received, answers = sent(*sizes)
    assert sum(len(event["body"]) for event in received) == sum(sizes)
    assert answers == []


@pytest.mark.parametrize("sizes", [(LARGEST_BODY + 1,), (LARGEST_BODY, 1), (LARGEST_BODY, 1, 5, 5)])
def test_one_byte_more_is_answered_and_the_application_hears_that_nobody_is_there(
    sizes: tuple[int, ...],
) -> None:
    received, answers = sent(*sizes)
    assert received[-1] == {"type": "http.disconnect"}
    assert answers[0]["status"] == 413
    assert "减少照片".encode() in answers[1]["body"]


def test_a_browser_that_sends_too_much_is_told(served: str) -> None:
    address = urlsplit(served)
    connection = HTTPConnection(address.hostname or "", address.port, timeout=30)
    connection.request("POST", "/report/", body=bytes(LARGEST_BODY + 1))
    answer = connection.getresponse()
    assert answer.status == 413
    assert "Send fewer" in answer.read().decode()
    connection.close()
