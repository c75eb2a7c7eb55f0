"""Which records belong to an incident: found by what they point at, so that no new kind is forgotten."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q, TextField

from audit.models import Sealed
from audit.record import canonical_json
from audit.seals import disclosed
from incidents.models import Case, Incident
from reporting.models import Document, IdempotencyRecord, IntakeRecord

LEFT_OUT: dict[type[Model], str] = {
    Case: "the illnesses of persons; the message they came in is there by its hash",
    Document: "a report being written; what was signed of it is there, as it was signed",
    IdempotencyRecord: "how a hospital's system retried; the report it led to is there",
}
# Sealed, but a chain of its sender vouches for it; what a report came in is there by its hash.
OF_SENDERS: frozenset[type[Model]] = frozenset({IntakeRecord})


@dataclass(frozen=True, slots=True)
class Exhibit:
    """One kind of record: how it leads to its incident, and which fields may name a person."""

    model: type[Model]
    paths: tuple[str, ...]

    @property
    def file(self) -> str:
        """The file of the bundle that holds these records."""
        return file_of(self.model)

    @property
    def withheld(self) -> tuple[str, ...]:
        """Fields of which only a hash leaves the house: those a sealed row names, any free text of others."""
        if issubclass(self.model, Sealed):
            return self.model.withheld
        return tuple(each.attname for each in self.model._meta.concrete_fields if isinstance(each, TextField))

    def rows(self, incident_ids: Iterable[int], on_record: Collection[str]) -> list[Model]:
        """Return, of a sealed kind, the rows that are on record, of any other these incidents' rows, as they were made."""
        ids, wanted = list(incident_ids), Q()
        if issubclass(self.model, Sealed):
            wanted = Q(pk__in=on_record)
        else:
            for path in self.paths:
                wanted |= Q(**{f"{path}__in": ids})
        return list(self.model._default_manager.filter(wanted).order_by("pk"))

    def line(self, row: Model) -> str:
        """Return one row as the line that its seal is taken over."""
        return canonical_json(disclosed(row, withheld=self.withheld))


def exhibits() -> list[Exhibit]:
    """Return every kind of record that leads to an incident or is sealed, in the order of their names."""
    found: dict[type[Model], tuple[str, ...]] = {Incident: ("pk",)}
    models = [model for model in apps.get_models() if model not in LEFT_OUT]
    while more := {
        model: paths for model in models if model not in found and (paths := _paths(model, found))
    }:
        found |= more
    # A sealed row belongs to the chain that vouches for it, wherever it points.
    sealed = {model for model in models if issubclass(model, Sealed)} - OF_SENDERS
    found |= dict.fromkeys(sealed - found.keys(), ())
    return sorted((Exhibit(*kind) for kind in found.items()), key=lambda own: own.file)


def file_of(model: type[Model]) -> str:
    """Return the file of the bundle that holds a kind of record."""
    return f"records/{model._meta.label_lower}.jsonl"


def _paths(model: type[Model], found: dict[type[Model], tuple[str, ...]]) -> tuple[str, ...]:
    """Return how a model leads to an incident: by itself if it does, else through the first that does."""
    direct = tuple(field.name for field in model._meta.concrete_fields if field.related_model is Incident)
    return direct or tuple(_through(model, found))[:1]


def _through(model: type[Model], found: dict[type[Model], tuple[str, ...]]) -> Iterator[str]:
    for field in model._meta.concrete_fields:
        if field.related_model in found:
            yield f"{field.name}__{found[field.related_model][0]}"
