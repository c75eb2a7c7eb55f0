"""The key places that 6.3.6 has guarded, in its three kinds, as far as the records name them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from incidents.models import Incident
from incidents.places import normalise
from plan.records import KINDS
from response.models import MeasureRecord

KIND_NAMES = dict(next(asked.choices for asked in KINDS["key_place"].asks if asked.name == "what"))


@dataclass(frozen=True, slots=True)
class KeyPlace:
    """A place that the records name as one of the three kinds, and that nobody is recorded to guard yet."""

    kind_zh: str
    name: str


def unguarded(
    incident: Incident, standing: Sequence[MeasureRecord], hospitals: Mapping[str, str]
) -> list[KeyPlace]:
    """Return treating hospitals, firms involved and supply depots that no record puts under guard (6.3.6)."""
    guarded = {normalise(one.details["place"]) for one in standing if one.kind == "key_place"}
    named = dict.fromkeys((what, name) for what, name in _named(incident, standing, hospitals) if name)
    return [KeyPlace(KIND_NAMES[what], name) for what, name in named if normalise(name) not in guarded]


def _named(
    incident: Incident, standing: Iterable[MeasureRecord], hospitals: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    yield "operator", incident.place.name if incident.place else incident.place_text
    for record in standing:
        said = record.details
        for name in ("hospital", "to_hospital"):
            if name in said:
                yield "hospital", hospitals.get(said[name], "")
        yield "operator", said.get("operator", "")
        if record.kind == "reinforce" and said["what"] == "supplies":
            yield "depot", said["place"]
