"""What the record shows, in words that say who said or did what when, and never that anybody is guilty (7.3)."""

from django.utils.translation import gettext as _

from accounts.models import Organisation
from accounts.moments import minute
from incidents.contradictions import Contradiction, Pattern
from incidents.models import Fact, FactKind
from reporting.lateness import Lateness
from response.selectors.accountability import Prompt


def in_words(prompt: Prompt) -> str:
    """Return the sentence of a prompt: the instants or numbers that the record puts against each other (7.3, A16)."""
    if prompt.lateness is not None:
        return _late(prompt.lateness)
    return _contradicts(prompt.contradiction, prompt.accused) if prompt.contradiction else ""


def sentence_of(prompt: Prompt | None) -> str:
    """Return the sentence of the prompt a file was opened on; nothing for one opened by hand."""
    if prompt is None:
        return ""
    return in_words(prompt) + (_("（所依据的记录其后已更正。）") if prompt.is_overtaken else "")


def _late(found: Lateness) -> str:
    leg, own = found.leg, found.leg.obligation
    known = leg.knowledge
    received = leg.verdict.received_at
    said = _("%(leg)s报%(recipient)s：法定时限%(limit)s；%(start)s得知，从得知起算至%(due)s；%(state)s。") % {
        "leg": leg.label,
        "recipient": leg.recipient.name,
        "limit": minute(own.limit_at) if own.limit_at else "",
        "start": minute(known.start_at) if known else "",
        "due": minute(known.due_at) if known else "",
        "state": _("%s送达") % minute(received) if received else _("尚未送达"),
    }
    return (
        said
        if own.version == 1
        else _("（第%(version)s版时钟）%(said)s") % {"version": own.version, "said": said}
    )


def _contradicts(found: Contradiction, accused: Organisation) -> str:
    said, against = found.said, found.against
    names = {
        "who": accused.name,
        "kind": FactKind(said.kind).label,
        "first": _number(said),
        "second": _number(against),
        "sender": against.source.name if against.source else against.office,
    }
    if found.pattern == Pattern.OWN_TOTAL:
        return _("%(kind)s：%(who)s先报%(first)s，后报%(second)s。") % names
    return _("%(kind)s：%(who)s改为%(first)s，其后%(sender)s报%(second)s。") % names


def _number(fact: Fact) -> str:
    value = _("撤回") if fact.is_retraction else _("%d人") % fact.value
    return _("%(value)s（截至%(as_of)s，%(recorded)s登记）") % {
        "value": value,
        "as_of": minute(fact.as_of),
        "recorded": minute(fact.recorded_at),
    }
