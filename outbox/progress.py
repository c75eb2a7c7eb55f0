"""How far one message to one recipient by one channel has come, state by state; what a channel can't say is unknown."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from outbox.models import Channel, Message, MessageState


@dataclass(frozen=True, slots=True)
class Step:
    """One state: when it was reached, else what is to be said of it; unknown is not the same as not yet."""

    label: str
    at: datetime | None
    otherwise: str
    is_unknown: bool = False
    is_failed: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """A message to one recipient by one channel, whose it is, and its five states in order."""

    message: Message
    person: str
    steps: tuple[Step, ...]


def progress_of(messages: Iterable[Message], names: Mapping[str, str]) -> list[Progress]:
    """Return the states of an inbox row and its copies; `names` are of people, by `user:12` (预案 5.1)."""
    return [Progress(each, _person(each, names), _steps(each)) for each in messages]


def _person(message: Message, names: Mapping[str, str]) -> str:
    return names.get(message.contact.person, "") if message.contact else ""


def _steps(message: Message) -> tuple[Step, ...]:
    has_failed = message.state == MessageState.FAILED
    arrival = _("尚无回执") if message.can_report_arrival else _("未知")
    # Whoever reads a letter and does not open its link leaves no trace.
    reading = _("未读") if message.channel == Channel.INAPP else _("未知")
    return (
        Step(_("列入待发"), message.created_at, ""),
        Step(_("已发出"), message.sent_at, _("未能送出") if has_failed else _("待发"), is_failed=has_failed),
        Step(_("已送达"), message.delivered_at, arrival, is_unknown=not message.can_report_arrival),
        Step(_("已读"), message.read_at, reading, is_unknown=message.channel != Channel.INAPP),
        Step(_("已确认"), message.acknowledged_at, _("未确认")),
    )
