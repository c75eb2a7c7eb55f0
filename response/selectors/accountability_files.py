"""What a file has gathered, and whether its evidence still says what it said when it was linked (5.1, 7.3)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from django.apps import apps
from django.db.models import Q

from accounts.actors import Actor
from accounts.permissions import actor_has
from accounts.rights import Right
from audit.models import AuditEvent, Sealed
from audit.sealed_rows import rows_of
from audit.seals import seal
from audit.verify import COLUMNS, row_hash
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.accountability import NEXT_STEPS, ReferralStep
from response.accountability_permissions import is_in_charge_of
from response.chronicle import ChronicleEntry, acts_among
from response.chronicle_labels import UNSAID
from response.models import (
    AccountabilityAnswer,
    AccountabilityClosing,
    AccountabilityEntry,
    AccountabilityEvidence,
    AccountabilityOutcome,
    AccountabilityQuestion,
    Referral,
    ReferralStatus,
)
from response.policies.accountability_files import file_not_found

OFFERED, LOOKED_THROUGH = 60, 5_000
_ENTRIES = AccountabilityEntry.objects.select_related(
    "incident__merged_into", "accused__jurisdiction__host", "organisation__jurisdiction", "obligation", "fact"
)


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One piece of evidence as people read it; `is_unchanged`: the log and all it vouches for hash as they did then."""

    link: AccountabilityEvidence
    line: ChronicleEntry | None
    is_unchanged: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the accused unit, its answer, and whether it is past its time without one."""

    question: AccountabilityQuestion
    answer: AccountabilityAnswer | None
    is_overdue: bool


@dataclass(frozen=True, slots=True)
class Referred:
    """A referral, its steps, and where it stands; the empty text before it is sent."""

    referral: Referral
    steps: Sequence[ReferralStatus]

    @property
    def standing(self) -> str:
        """The last step taken."""
        return self.steps[-1].step if self.steps else ""

    @property
    def since(self) -> datetime:
        """When the last step was taken, or when it was drawn up."""
        return self.steps[-1].happened_at if self.steps else self.referral.recorded_at

    @property
    def next(self) -> Sequence[ReferralStep]:
        """What may follow."""
        return NEXT_STEPS[self.standing]


@dataclass(frozen=True, slots=True)
class FileNow:
    """A file with everything in it, at one instant."""

    entry: AccountabilityEntry
    exhibits: Sequence[Exhibit]
    asked: Sequence[Asked]
    referred: Sequence[Referred]
    outcomes: Sequence[AccountabilityOutcome]
    closing: AccountabilityClosing | None


def file_for(actor: Actor, incident: Incident, pk: int) -> AccountabilityEntry:
    """Return a file of an incident that the actor's office is in charge of; else a refusal (404)."""
    own = _ENTRIES.filter(pk=pk, decision="opened", incident__in=family_ids(incident)).first()
    if own is None or not _keeps(actor, own):
        raise file_not_found()
    return own


def files_kept(actor: Actor) -> list[AccountabilityEntry]:
    """Return the open files that the actor's office is in charge of, newest first."""
    if not actor_has(actor, Right.KEEP_ACCOUNTABILITY):
        return []
    rows = _ENTRIES.filter(decision="opened", closing__isnull=True).order_by("-pk")
    return [each for each in rows if _keeps(actor, each)]


def questions_to(actor: Actor) -> list[AccountabilityQuestion]:
    """Return what the actor's organisation is asked to explain and has not answered, in open files, the first due first."""
    if actor.organisation is None:
        return []
    rows = AccountabilityQuestion.objects.filter(
        entry__accused=actor.organisation, answered__isnull=True, entry__closing__isnull=True
    )
    return list(rows.select_related("entry__incident", "organisation").order_by("due_at", "pk"))


def file_now(entry: AccountabilityEntry, at: datetime) -> FileNow:
    """Return a file as it is; the same number of queries however much is in it."""
    return FileNow(
        entry=entry,
        exhibits=exhibits_of(entry),
        asked=list(_asked(entry, at)),
        referred=referrals_of(entry),
        outcomes=list(
            AccountabilityOutcome.objects.filter(entry=entry)
            .select_related("organisation", "referral")
            .order_by("pk")
        ),
        closing=AccountabilityClosing.objects.filter(entry=entry).select_related("outcome").first(),
    )


def referrals_of(entry: AccountabilityEntry) -> list[Referred]:
    """Return the referrals of a file with their steps, in order."""
    steps: dict[int, list[ReferralStatus]] = defaultdict(list)
    for row in ReferralStatus.objects.filter(entry=entry).order_by("pk"):
        steps[row.referral_id].append(row)
    rows = Referral.objects.filter(entry=entry).select_related("organisation").order_by("pk")
    return [Referred(row, steps[row.pk]) for row in rows]


def exhibits_of(entry: AccountabilityEntry) -> list[Exhibit]:
    """Return a file's evidence with what the log says of it, and whether all of it still hashes as it did (5.1)."""
    links = list(AccountabilityEvidence.objects.filter(entry=entry).order_by("pk"))
    places = [Q(chain=link.chain, seq__in=[int(seq) for seq in link.events]) for link in links]
    if not places:
        return []
    events = list(AuditEvent.objects.filter(_either(places)).order_by("chain", "-seq"))
    found = {(each.chain, each.seq): each for each in events}
    lines = {(line.chain, line.seq): line for line in acts_among(events)}
    seals = _seals_now(name for link in links for name in link.rows)
    return [
        Exhibit(link, lines.get((link.chain, link.seq)), _is_unchanged(link, found, seals)) for link in links
    ]


def offered_for(entry: AccountabilityEntry, words: str) -> list[ChronicleEntry]:
    """Return the acts on record that may be linked to a file, newest first; `words`: only those that say so."""
    linked = set(AccountabilityEvidence.objects.filter(entry=entry).values_list("chain", "seq"))
    events = AuditEvent.objects.filter(chain__in=chains_of(entry)).exclude(action__in=UNSAID).order_by("-pk")
    fitting = (
        line
        for line in acts_among(list(events[:LOOKED_THROUGH]))
        if (line.chain, line.seq) not in linked and words in f"{line.who} {line.what} {line.detail}"
    )
    return list(islice(fitting, OFFERED))


def chains_of(entry: AccountabilityEntry) -> list[str]:
    """Return the chains of the evidence log that are about a file's incident and what is one with it (A56)."""
    whole = entry.incident.merged_into or entry.incident
    return [each.chain for each in Incident.objects.filter(pk__in=family_ids(whole))]


def act_of(event: AuditEvent) -> list[AuditEvent]:
    """Return all that one act wrote into a chain, in order."""
    same = AuditEvent.objects.filter(chain=event.chain, actor=event.actor, office=event.office, at=event.at)
    return list(same.order_by("seq"))


def events_about(entry: AccountabilityEntry, names: Iterable[str]) -> list[AuditEvent]:
    """Return the rows of the log that vouch for these records or tell of them, in order."""
    told = [Q(payload__contains=f'"{name}":') | Q(subject=name.partition(".")[2]) for name in names]
    if not told:
        return []
    return list(AuditEvent.objects.filter(_either(told), chain__in=chains_of(entry)).order_by("chain", "seq"))


def _keeps(actor: Actor, entry: AccountabilityEntry) -> bool:
    office = actor.organisation
    is_keeper = office is not None and actor_has(actor, Right.KEEP_ACCOUNTABILITY)
    return is_keeper and office is not None and is_in_charge_of(office, entry.accused)


def _asked(entry: AccountabilityEntry, at: datetime) -> Iterator[Asked]:
    rows = AccountabilityQuestion.objects.filter(entry=entry).select_related("organisation").order_by("pk")
    answers = AccountabilityAnswer.objects.filter(entry=entry).select_related("asked", "organisation")
    by_question = {each.asked_id: each for each in answers}
    for row in rows:
        answer = by_question.get(row.pk)
        yield Asked(row, answer, answer is None and row.is_overdue(at))


def _either(conditions: Sequence[Q]) -> Q:
    joined = Q()
    for each in conditions:
        joined |= each
    return joined


def _is_unchanged(
    link: AccountabilityEvidence,
    found: Mapping[tuple[str, int], AuditEvent],
    seals: Mapping[str, str],
) -> bool:
    """Hold each row of the log against its content and the hash kept, and each record against its seal."""
    for seq, kept in link.events.items():
        event = found.get((link.chain, int(seq)))
        if event is None or not kept == event.hash == row_hash(
            tuple(getattr(event, name) for name in COLUMNS)
        ):
            return False
    return all(seals.get(name) == kept for name, kept in link.rows.items())


def _seals_now(names: Iterable[str]) -> dict[str, str]:
    """Return the seals that records have now, by name; nothing for one that is gone."""
    by_kind: dict[str, set[int]] = defaultdict(set)
    for name in names:
        label, _colon, pk = name.rpartition(":")
        by_kind[label].add(int(pk))
    now = {}
    for label, pks in by_kind.items():
        model = apps.get_model(label)
        for row in model._default_manager.filter(pk__in=pks):
            now[f"{label}:{row.pk}"] = seal(row) if isinstance(row, Sealed) else ""
    return now


def seals_in(events: Iterable[AuditEvent]) -> dict[str, str]:
    """Return the seals by which rows of the log vouch for records."""
    return {name: kept for event in events for name, kept in rows_of(event.payload).items()}
