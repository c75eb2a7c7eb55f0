"""Who owes whom a report under 5.1(8), and since when under its first limb (A17, A21, A48, A49, A51, A55, A56)."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from accounts.models import Organisation
from incidents.crossing import crossing
from incidents.models import CountyRole, Incident, InvolvedCounty, LevelConfirmation
from incidents.persons import EachOnce
from plan.duties import DUTY_5_1_8, Leg
from plan.levels import IncidentLevel
from plan.offices import OfficeKind
from reporting.models import CityUnitConcerned, Report, ReportKind

SERIOUS = frozenset(level for level in IncidentLevel if level.at_least(IncidentLevel.III))


@dataclass(frozen=True, slots=True)
class Start:
    """事发 of the clocks: when Ⅲ was reached, by facts or by a signed 核定 (A17), or since when a case or contamination
    falls within an important event (A65).

    is_by_facts: the current facts show it; otherwise only the signature holds the level.
    """

    earliest: datetime
    latest: datetime
    fact_id: int | None
    is_by_facts: bool
    known_at: datetime


@dataclass(frozen=True, slots=True)
class LegOwed:
    """One leg that one bearer owes one recipient."""

    bearer: Organisation
    recipient: Organisation
    leg: Leg

    @property
    def key(self) -> tuple[int, int, str]:
        """The ids of bearer and recipient and the leg's code."""
        return self.bearer.pk, self.recipient.pk, self.leg.code


def start_of(incident: Incident, family: Iterable[int], at: datetime, once: EachOnce | None = None) -> Start:
    """Return since when the clocks of an incident at Ⅲ or worse run (预案 5.1(8), A17)."""
    known_at = known_since(incident, family, at)
    found, signed_at = crossing(incident, once), _signed_at(incident)
    if found is not None and (signed_at is None or found.earliest <= signed_at):
        return Start(found.earliest, found.latest, found.fact_id, True, known_at)
    since = signed_at or at
    return Start(since, since, None, found is not None, known_at)


def known_since(incident: Incident, family: Iterable[int], at: datetime) -> datetime:
    """Return since when those who must report know of what starts their clocks now (预案 5.1(8), A16, A49, A56).

    得知 is what the county says in the report that came in now, and now itself for any other ground: nobody knew of
    an incident at Ⅲ, or within an important event, before what made it one was known.
    """
    own = Report.objects.filter(incident__in=family, kind=ReportKind.COUNTY, received_at=at)
    reported = own.order_by("-pk").first()
    return max(incident.known_at, reported.known_at if reported else at)


def legs_owed(family: Iterable[int]) -> Iterator[LegOwed]:
    """Yield every leg owed: each bearer to each recipient, by phone and in writing (预案 5.1(8), A21).

    Nobody reports to itself, nor a bureau to the office it houses.
    """
    recipients = _by_kind(DUTY_5_1_8.recipients)
    for bearer in bearers(family):
        for kind in DUTY_5_1_8.recipients:
            recipient = recipients[kind]
            if recipient.pk not in {bearer.pk, bearer.houses_id}:
                yield from (LegOwed(bearer, recipient, leg) for leg in DUTY_5_1_8.legs)


def bearers(family: Iterable[int]) -> list[Organisation]:
    """Return the governments of the counties of harm and the city units chosen (预案 5.1(8), A21, A51)."""
    involved = InvolvedCounty.objects.filter(incident__in=family, role=CountyRole.HARM)
    counties = {row.county.county.pk for row in involved.select_related("county__host")}
    governments = list(
        Organisation.objects.filter(kind=OfficeKind.COUNTY_GOVERNMENT, jurisdiction__in=counties).order_by(
            "code"
        )
    )
    if len(governments) != len(counties):
        raise LookupError("a county of harm has no government in the reference data")
    chosen = CityUnitConcerned.objects.filter(incident__in=family).select_related("organisation")
    units = {row.organisation.pk: row.organisation for row in chosen.order_by("pk")}
    return [*governments, *units.values()]


def _by_kind(kinds: Iterable[OfficeKind]) -> Mapping[OfficeKind, Organisation]:
    return {OfficeKind(each.kind): each for each in Organisation.objects.filter(kind__in=list(kinds))}


def _signed_at(incident: Incident) -> datetime | None:
    """Return since when a signed 核定 holds the incident at Ⅲ or worse without a break."""
    since = None
    signed = LevelConfirmation.objects.filter(incident=incident).order_by("pk")
    for level, signed_at in signed.values_list("level", "confirmed_at"):
        since = (since or signed_at) if IncidentLevel(level) in SERIOUS else None
    return since
