"""What one incident's evidence is: its chains, its records, the daily roots that anchor them."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.db.models import Model

from accounts.models import Jurisdiction, Organisation
from audit.models import AuditEvent, ChainHead, DailyRoot, Sealed
from audit.record import canonical_json
from audit.roots import heads_of
from audit.sealed_rows import rows_of
from audit.seals import disclosed, utc
from incidents.models import Incident, Place
from incidents.selectors import family_ids
from reporting.models import DocumentFile, IntakeRecord
from response.bundle.exhibits import exhibits, file_of

HASHED = ("action", "actor", "office", "subject", "payload", "prev_hash", "hash", "chain", "seq")
# What the records point at: who and where, and the hospitals' messages by their hash; with what stays here.
NAMED: dict[type[Model], tuple[str, ...]] = {
    Jurisdiction: (),
    Organisation: (),
    Place: (),
    IntakeRecord: ("ciphertext",),
}

# The signed papers of apps above, by name; `config.wiring` fills the list once, at start.
FILES_ABOVE: list[Callable[[Iterable[int]], dict[str, bytes]]] = []


def whole_of(incident: Incident) -> list[Incident]:
    """Return the incident and all that is one with it, the whole first (A12, A56)."""
    return list(Incident.objects.filter(pk__in=family_ids(incident.merged_into or incident)).order_by("pk"))


def evidence_files(incident: Incident) -> dict[str, str]:
    """Return the bundle's data files by name; read it in one snapshot."""
    family = whole_of(incident)
    chains = sorted(each.chain for each in family)
    return {
        "log.jsonl": "".join(f"{line}\n" for line in _log(chains)),
        "heads.json": canonical_json(_heads(chains)) + "\n",
        **_records([each.pk for each in family], _on_record(chains)),
    }


def document_files(incident: Incident) -> dict[str, bytes]:
    """Return the signed reports and papers as they left the house, by name; the log holds the hash of each (5.1(8), 7.2)."""
    family = family_ids(incident.merged_into or incident)
    own = DocumentFile.objects.filter(signed__incident__in=family)
    reports = {
        f"documents/{each.signed_id}-{each.signed.document.kind}.{each.file_format}": bytes(each.content)
        for each in own.select_related("signed__document").order_by("pk")
    }
    return reports | {name: content for above in FILES_ABOVE for name, content in above(family).items()}


def sealed_kinds() -> list[str]:
    """Return the kinds of record that the log vouches for line by line."""
    return [own.model._meta.label_lower for own in exhibits() if issubclass(own.model, Sealed)]


def anchoring_roots(incident: Incident) -> Iterator[DailyRoot]:
    """Yield the daily roots that name one of the incident's chains, oldest first."""
    chains = {each.chain for each in whole_of(incident)}
    for root in DailyRoot.objects.order_by("on").iterator():
        if any(chain in chains for chain, _seq, _digest in heads_of(root)):
            yield root


def _log(chains: list[str]) -> Iterator[str]:
    for event in AuditEvent.objects.filter(chain__in=chains).order_by("chain", "seq").iterator():
        moments = {"at": utc(event.at), "recorded_at": utc(event.recorded_at)}
        yield canonical_json({name: getattr(event, name) for name in HASHED} | moments)


def _heads(chains: list[str]) -> dict[str, dict[str, Any]]:
    heads = ChainHead.objects.filter(chain__in=chains)
    return {head.chain: {"seq": head.seq, "hash": head.hash} for head in heads}


def _on_record(chains: list[str]) -> dict[str, set[str]]:
    """Return the numbers of the rows that the chains vouch for, by kind."""
    found: dict[str, set[str]] = defaultdict(set)
    for payload in AuditEvent.objects.filter(chain__in=chains).values_list("payload", flat=True).iterator():
        for name in rows_of(payload):
            label, _colon, pk = name.rpartition(":")
            found[label].add(pk)
    return found


def _records(incident_ids: list[int], on_record: dict[str, set[str]]) -> dict[str, str]:
    files: dict[str, str] = {}
    named: dict[type[Model], set[int]] = {model: set() for model in NAMED}
    for own in exhibits():
        rows = own.rows(incident_ids, on_record[own.model._meta.label_lower])
        files[own.file] = "".join(f"{own.line(row)}\n" for row in rows)
        for model, ids in _pointed_at(rows):
            named[model] |= ids
    for model, ids in named.items():
        found = model._default_manager.filter(pk__in=ids).order_by("pk")
        files[file_of(model)] = "".join(f"{_without(row, NAMED[model])}\n" for row in found)
    return files


def _pointed_at(rows: list[Model]) -> Iterator[tuple[type[Model], set[int]]]:
    for field in rows[0]._meta.concrete_fields if rows else ():
        if field.related_model in NAMED:
            yield field.related_model, {getattr(row, field.attname) for row in rows} - {None}


def _without(row: Model, left_out: Iterable[str]) -> str:
    content = disclosed(row)
    return canonical_json({name: value for name, value in content.items() if name not in left_out})
