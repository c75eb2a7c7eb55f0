"""No request may fill the disk: a body that is too large is answered before anything is made of it."""

from typing import Final

from asgiref.typing import ASGIReceiveCallable, ASGIReceiveEvent, ASGISendCallable
from django.template.loader import render_to_string

# Four photos of 10 MB each, the words beside them, and what the encoding adds.
LARGEST_BODY: Final = 44 * 1024 * 1024
# A browser that is cut off while it still sends shows no answer, so it may go on for so long, into nothing.
LARGEST_IGNORED: Final = 8 * LARGEST_BODY


class LimitedBody:
    """Receives a request's body for the application, and ends the request with 413 when it grows too large."""

    def __init__(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        self.receive, self.send, self.taken = receive, send, 0

    async def __call__(self) -> ASGIReceiveEvent:
        """Return the next event of the request; of one that is too large, that its sender has gone."""
        event = await self._next()
        if self.taken <= LARGEST_BODY:
            return event
        while event["type"] == "http.request" and event["more_body"] and self.taken <= LARGEST_IGNORED:
            event = await self._next()
        page = render_to_string("too_large.html").encode()
        headers = [(b"content-type", b"text/html; charset=utf-8"), (b"connection", b"close")]
        await self.send({"type": "http.response.start", "status": 413, "headers": headers, "trailers": False})
        await self.send({"type": "http.response.body", "body": page, "more_body": False})
        return {"type": "http.disconnect"}

    async def _next(self) -> ASGIReceiveEvent:
        event = await self.receive()
        if event["type"] == "http.request":
            self.taken += len(event["body"])
        return event
