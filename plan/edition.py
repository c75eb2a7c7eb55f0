"""Editions of the plan: which text judges an incident, and the switches for contested readings."""

from dataclasses import dataclass
from datetime import date

from plan.refusal import PlanRefusal


@dataclass(frozen=True, slots=True)
class Switches:
    """Contested readings, each one switch (A1, A6).

    spread_governs_assessed_limb: 2.1(1) needs the spread also where the danger is only assessed (A1).
    two_ill_or_one_death_is_outbreak: such counts make an outbreak of themselves (A6).
    """

    spread_governs_assessed_limb: bool = True
    two_ill_or_one_death_is_outbreak: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of the plan (预案 通知, 9.3)."""

    number: str
    title: str
    issuer: str
    issued_on: date
    in_force_on: date
    repeals: str
    switches: Switches = Switches()


EDITION_2021 = Edition(
    number="甬政办发〔2021〕60号",
    title="宁波市食品安全事故应急预案",
    issuer="宁波市人民政府办公厅",
    issued_on=date(2021, 9, 30),
    in_force_on=date(2021, 9, 30),
    repeals="甬政办发〔2016〕139号",
)

EDITIONS: tuple[Edition, ...] = (EDITION_2021,)


def edition_for(occurred_on: date) -> Edition:
    """Return the edition in force on the day the incident occurred (预案 9.3).

    occurred_on: the day in Beijing time. Raises PlanRefusal before the first edition was in force.
    """
    in_force = [edition for edition in EDITIONS if edition.in_force_on <= occurred_on]
    if not in_force:
        raise PlanRefusal(
            "事故发生在本预案施行之日（2021年9月30日）以前，不按本预案分级。",
            clause="9.3",
            code="before_edition",
            next_step="请核对事发时间；如确在施行之日以前，按当时有效的预案处理。",
        )
    return max(in_force, key=lambda edition: edition.in_force_on)
