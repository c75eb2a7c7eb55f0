"""E-mail by the installation's own mail server (SMTP; STARTTLS or TLS as set)."""

import smtplib
import socket
from contextlib import ExitStack
from email.utils import make_msgid
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.smtp import EmailBackend

from outbox.channels.network import WHOLE_LIMIT_S, connected
from outbox.channels.trouble import Unanswered, Undeliverable, Undelivered
from outbox.letters import Letter

# The server will never take it for this address: no such mailbox, not allowed, and the like (RFC 5321, 4.2.1).
FOR_GOOD = range(500, 600)


def send(letter: Letter) -> None:
    """Hand a message to the mail server; whether it arrived in the mailbox, SMTP does not say."""
    if not settings.EMAIL_HOST:
        raise Undelivered("no mail server is set (EMAIL_HOST)")
    with ExitStack() as stack:
        backend = _Backend(stack)
        try:
            backend.open()
        except smtplib.SMTPException as error:
            raise Undelivered(f"the mail server refused us: {_said(error)}") from error
        except OSError as error:
            raise Undelivered(f"no mail server: {type(error).__name__}") from error
        _hand_over(backend, _mail(letter))


def _mail(letter: Letter) -> EmailMessage:
    body = "\n\n".join(part for part in (letter.heading, letter.body, letter.link) if part)
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": make_msgid(letter.ident, domain), "Auto-Submitted": "auto-generated"}
    subject = " ".join(letter.heading.split())
    return EmailMessage(subject, body, settings.DEFAULT_FROM_EMAIL, [letter.address.where], headers=headers)


def _hand_over(backend: "_Backend", mail: EmailMessage) -> None:
    try:
        backend.send_messages([mail])
    except smtplib.SMTPRecipientsRefused as error:
        codes = [code for code, _text in error.recipients.values()]
        kind = Undeliverable if codes and all(code in FOR_GOOD for code in codes) else Undelivered
        raise kind(f"the mail server refused the address: {codes}") from error
    except smtplib.SMTPResponseException as error:
        kind = Undeliverable if error.smtp_code in FOR_GOOD else Undelivered
        raise kind(f"the mail server refused the message: {error.smtp_code}") from error
    except (smtplib.SMTPException, OSError) as error:
        raise Unanswered(f"the mail server fell silent: {type(error).__name__}") from error
    try:
        backend.close()
    except (smtplib.SMTPException, OSError):
        return  # it was taken already


def _said(error: smtplib.SMTPException) -> str:
    return str(error.smtp_code) if isinstance(error, smtplib.SMTPResponseException) else type(error).__name__


class _Backend(EmailBackend):
    """Django's backend over a connection that is cut after WHOLE_LIMIT_S in all, not per answer."""

    def __init__(self, stack: ExitStack) -> None:
        super().__init__(timeout=int(WHOLE_LIMIT_S), fail_silently=False)
        self._stack = stack

    @property
    def connection_class(self) -> Any:
        """The protocol's class, with our way to connect."""
        stack = self._stack

        class Plain(smtplib.SMTP):
            def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
                return stack.enter_context(connected(host, port, is_trusted=True)).socket

        class Secured(smtplib.SMTP_SSL):
            def _get_socket(self, host: str, port: int, _timeout: float) -> socket.socket:
                plain = stack.enter_context(connected(host, port, is_trusted=True)).socket
                return self.context.wrap_socket(plain, server_hostname=host)

        return Secured if self.use_ssl else Plain
