"""What an edition of the plan is, its numbers, and the switches for contested readings."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from plan.clauses import Clause, clauses_of, plan_text


@dataclass(frozen=True, slots=True)
class Switches:
    """Contested readings, each one switch (A1, A6).

    spread_governs_assessed_limb: 2.1(1) needs the spread also where the danger is only assessed (A1).
    two_ill_or_one_death_is_outbreak: such counts make an outbreak of themselves (A6).
    """

    spread_governs_assessed_limb: bool = True
    two_ill_or_one_death_is_outbreak: bool = False


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The numbers of chapter 2, each reached by itself ("以上" includes it) (预案 2.1–2.4)."""

    ill_for_iii: int = 100
    ill_for_iv: int = 30
    deaths_for_ii: int = 10
    places_for_spread: int = 2


@dataclass(frozen=True, slots=True)
class Hours:
    """The hours of chapter 5, both ends inclusive (预案 5.1(1), 5.1(2), 5.1(8); A18, A24)."""

    report_limit: timedelta = timedelta(hours=1)
    phone_target: timedelta = timedelta(minutes=30)
    phone_limit: timedelta = timedelta(hours=1)
    written_target: timedelta = timedelta(hours=1)
    written_limit: timedelta = timedelta(hours=2)


@dataclass(frozen=True, slots=True)
class Edition:
    """One issue of the plan: its words, its numbers and how they are read (预案 通知, 9.1, 9.3)."""

    number: str
    title: str
    issuer: str
    issued_on: date
    in_force_on: date
    repeals: str
    text: str = field(repr=False)
    consented_by: str = "宁波市人民政府"
    thresholds: Thresholds = Thresholds()
    hours: Hours = Hours()
    switches: Switches = Switches()

    def clause(self, ref: str) -> Clause:
        """Return the words of a clause of this edition; raises KeyError for a place it lacks."""
        return clauses_of(self.text)[ref]


EDITION_2021 = Edition(
    number="甬政办发〔2021〕60号",
    title="宁波市食品安全事故应急预案",
    issuer="宁波市人民政府办公厅",
    issued_on=date(2021, 9, 30),
    in_force_on=date(2021, 9, 30),
    repeals="甬政办发〔2016〕139号",
    text=plan_text(),
)
