"""Receivers of the storm: a system that takes webhooks and a mail server, both real, both sometimes in a bad mood."""

import json
import random
import socketserver
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock, Thread

# What a house of the product has to be told to reach them.
SETTINGS = {"EMAIL_HOST": "127.0.0.1", "OUTSIDE_ALLOW_HTTP": "1", "OUTSIDE_NETWORKS": "127.0.0.0/8"}
SECRET = "the secret of this storm"  # noqa: S105  of a throw-away house
REPEAT_MARK = "重复提醒"
# So many are refused, and so many answered late: as receivers do. A refusal rests an address for a second or two.
BAD_MOOD = 0.02
LATE_S = 0.5


@dataclass
class Letters:
    """What came and was taken: the number of each letter, and whether it said that it may be a repeat."""

    http_port: int = 0
    mail_port: int = 0
    taken: list[tuple[str, bool]] = field(default_factory=list)
    refused: int = 0
    lock: Lock = field(default_factory=Lock)
    rng: random.Random = field(default_factory=random.Random)

    def take(self, ident: str, text: str) -> bool:
        """Take a letter, or refuse it; whether it was taken."""
        with self.lock:
            mood = self.rng.random()
            if mood < BAD_MOOD:
                self.refused += 1
                return False
            self.taken.append((ident, REPEAT_MARK in text))
        if mood > 1 - BAD_MOOD:
            time.sleep(LATE_S)
        return True


@contextmanager
def receivers(seed: int) -> Iterator[Letters]:
    """Listen until the storm is over."""
    letters = Letters(rng=random.Random(seed))  # noqa: S311  a storm, not a secret
    web = ThreadingHTTPServer(("127.0.0.1", 0), _web_handler(letters))
    mail = _MailServer(letters)
    letters.http_port, letters.mail_port = web.server_address[1], mail.server_address[1]
    for server in (web, mail):
        server.daemon_threads = True
        Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield letters
    finally:
        for server in (web, mail):
            server.shutdown()
            server.server_close()


def _web_handler(letters: Letters) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            is_taken = letters.take(said["id"], said["title"])
            self.send_response(200 if is_taken else 503)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            """The books say it all."""

    return Handler


class _MailServer(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    request_queue_size = 64

    def __init__(self, letters: Letters) -> None:
        super().__init__(("127.0.0.1", 0), _MailHandler)
        self.letters = letters


class _MailHandler(socketserver.StreamRequestHandler):
    """As much of SMTP as it takes to be given a letter (RFC 5321)."""

    server: _MailServer

    def handle(self) -> None:
        self.say("220 storm")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"DATA":
                self.say("354 go on")
                self.say("250 taken" if self.take() else "451 not now")
            elif verb == b"QUIT":
                self.say("221 bye")
                return
            else:
                self.say("250 storm")

    def take(self) -> bool:
        raw = b""
        for line in self.rfile:
            if line == b".\r\n":
                break
            raw += line
        else:
            return False  # the sender died before the end
        letter = message_from_bytes(raw, policy=policy.default)
        ident = str(letter["Message-ID"]).strip("<> ").rpartition("@")[0].rpartition(".")[2]
        return self.server.letters.take(ident, str(letter["Subject"]))

    def say(self, text: str) -> None:
        try:
            self.wfile.write(f"{text}\r\n".encode())
        except OSError:
            return  # the sender died
