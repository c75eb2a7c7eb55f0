"""Who investigates and to whom the summary goes, by incident level, never by response level (预案 7.2, A30, A40)."""

from dataclasses import dataclass

from plan.levels import IncidentLevel
from plan.offices import OfficeKind as Office


@dataclass(frozen=True, slots=True)
class Investigation:
    """The investigating body of a level.

    reports_to: the commission above and the government of the same level; empty above the city, whose part is then to
    supply material and keep the result.
    """

    level: IncidentLevel
    team: Office
    team_zh: str
    reports_to: tuple[Office, ...]


INVESTIGATIONS: dict[IncidentLevel, Investigation] = {
    entry.level: entry
    for entry in (
        Investigation(IncidentLevel.I, Office.MINISTRIES, "国家部委及有关牵头单位", ()),
        Investigation(IncidentLevel.II, Office.PROVINCE_COMMISSION, "省食药安委及有关单位", ()),
        Investigation(
            IncidentLevel.III,
            Office.CITY_COMMISSION,
            "市食药安委及有关单位",
            (Office.PROVINCE_COMMISSION, Office.CITY_GOVERNMENT),
        ),
        Investigation(
            IncidentLevel.IV,
            Office.COUNTY_COMMISSION,
            "区县（市）食药安委及有关单位",
            (Office.CITY_COMMISSION, Office.COUNTY_GOVERNMENT),
        ),
    )
}
