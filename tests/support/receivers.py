"""A real HTTP receiver and a real mail server on this machine, which keep what they are sent."""

import json
import socket
import ssl
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Event, Lock, Thread
from typing import Any

from aiosmtpd.controller import Controller

from ops.ports import private_port

TAKEN = json.dumps({"errcode": 0, "errmsg": "ok"}).encode()


@dataclass
class Received:
    """One request as it came."""

    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass
class Receiver:
    """What came in, and how the next requests are answered: (status, body), or None to say nothing at all."""

    port: int = 0
    received: list[Received] = field(default_factory=list)
    answers: list[tuple[int, bytes] | None] = field(default_factory=list)
    is_over: Event = field(default_factory=Event)
    lock: Lock = field(default_factory=Lock)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/in"

    def take(self, one: Received) -> tuple[int, bytes] | None:
        with self.lock:
            self.received.append(one)
            return self.answers.pop(0) if self.answers else (200, TAKEN)


def handler_of(receiver: Receiver) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            answer = receiver.take(Received(self.path, dict(self.headers), body))
            if answer is None:
                receiver.is_over.wait()
                return
            status, said = answer
            self.send_response(status)
            if 300 <= status < 400:
                self.send_header("Location", receiver.url)
            self.send_header("Content-Length", str(len(said)))
            self.end_headers()
            self.wfile.write(said)

        def log_message(self, *_args: object) -> None:
            """Keep the tests' output clean."""

    return Handler


@contextmanager
def http_receiver(tls: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    """Listen until the test is over, encrypted where a context is given."""
    receiver = Receiver()
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler_of(receiver))
    server.daemon_threads = True
    if tls is not None:
        # The handshake belongs to the thread of the call: one that fails must not stop the others.
        server.socket = tls.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    receiver.port = server.server_address[1]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield receiver
    finally:
        receiver.is_over.set()
        server.shutdown()
        server.server_close()


@dataclass
class MailServer:
    """The letters that came, and what the server says to recipients instead of taking them."""

    port: int
    letters: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)

    async def handle_RCPT(
        self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any
    ) -> str:
        if self.refusals:
            return self.refusals.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:
        found = message_from_bytes(envelope.content, policy=policy.default)
        assert isinstance(found, EmailMessage)
        self.letters.append(found)
        self.recipients.extend(envelope.rcpt_tos)
        return "250 OK"


@contextmanager
def mail_server(**options: Any) -> Iterator[MailServer]:
    """Listen until the test is over; options are aiosmtpd's."""
    server = MailServer(private_port())
    controller = Controller(server, hostname="127.0.0.1", port=server.port, **options)
    controller.start()
    try:
        yield server
    finally:
        controller.stop()


@contextmanager
def dripping(greeting: bytes = b"") -> Iterator[int]:
    """A port whose other side takes the call and then says one byte a moment, for ever; gives the port."""
    listener = socket.create_server(("127.0.0.1", 0))
    over = Event()

    def drip(connection: socket.socket) -> None:
        with connection:
            try:
                connection.sendall(greeting)
                while not over.wait(0.2):
                    connection.sendall(b"x")
            except OSError:
                return

    def serve() -> None:
        while not over.is_set():
            try:
                connection, _peer = listener.accept()
            except OSError:
                return
            Thread(target=drip, args=(connection,), daemon=True).start()

    Thread(target=serve, daemon=True).start()
    try:
        yield listener.getsockname()[1]
    finally:
        over.set()
        listener.close()


def took(call: Callable[[], object]) -> float:
    """How many seconds a call took."""
    began = time.monotonic()
    call()
    return time.monotonic() - began
