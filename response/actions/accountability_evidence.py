"""Link to a file what stands in the evidence log, with its hashes as they are now (5.1, 7.3)."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from audit.models import AuditEvent
from response.actions.accountability_log import lock_file, note_accountability
from response.models import AccountabilityEntry, AccountabilityEvidence
from response.policies.accountability_files import check_is_on_record, check_is_open
from response.selectors.accountability_files import act_of, chains_of, events_about, seals_in


@transaction.atomic
def link_evidence(
    *,
    entry: AccountabilityEntry,
    events: Sequence[AuditEvent],
    by: Actor,
    at: datetime,
) -> list[AccountabilityEvidence]:
    """Link acts on record to a file: their rows in the log and the seals of all they vouch for are kept (5.1, 7.3).

    What was linked before stays as it was. Refused: by another office (403, 404), once closed (409), without any or with
    one of another incident (422).
    """
    own, office = lock_file(entry, by)
    check_is_open(own)
    chains = chains_of(own)
    check_is_on_record(is_found=bool(events) and all(each.chain in chains for each in events))
    return _keep_acts(own, events, office, by, at)


def link_frozen(
    *, entry: AccountabilityEntry, names: Iterable[str], office: Organisation, by: Actor, at: datetime
) -> None:
    """Link, when a file is opened on a prompt, what the log says of the records the prompt rests on (A16)."""
    _keep_acts(entry, events_about(entry, names), office, by, at)


def _keep_acts(
    entry: AccountabilityEntry, events: Iterable[AuditEvent], office: Organisation, by: Actor, at: datetime
) -> list[AccountabilityEvidence]:
    """Keep each act that these rows of the log belong to once, with its hashes."""
    linked = set(AccountabilityEvidence.objects.filter(entry=entry).values_list("chain", "seq"))
    made = []
    for event in events:
        act = act_of(event)
        if (event.chain, act[-1].seq) in linked:
            continue
        linked.add((event.chain, act[-1].seq))
        made.append(
            AccountabilityEvidence.objects.create(
                entry=entry,
                chain=event.chain,
                seq=act[-1].seq,
                events={str(each.seq): each.hash for each in act},
                rows=seals_in(act),
                organisation=office,
                recorded_by=by.ref,
                recorded_at=at,
            )
        )
    if made:
        note_accountability(action="response.link_evidence", about=entry, rows=made, by=by, at=at)
    return made
