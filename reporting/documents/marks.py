"""What stands on a report beside its text: how urgent and how secret it is, and who gets a copy (GB/T 9704)."""

from dataclasses import dataclass

from reporting.models import Secrecy, Urgency


@dataclass(frozen=True, slots=True, kw_only=True)
class Marks:
    """The marks of a report; `secret_for` is how long it stays secret, e.g. 1年."""

    urgency: Urgency = Urgency.EXTRA
    secrecy: Secrecy = Secrecy.NONE
    secret_for: str = ""
    copies: str = ""
