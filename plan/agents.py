"""Foodborne agents and their incubation, for the longest incubation of 6.4.2(1)."""

import csv
from dataclasses import dataclass
from datetime import timedelta
from functools import cache

from plan.clauses import DATA
from plan.labelled import Labelled


class Evidence(Labelled):
    """How well an agent's figures are evidenced."""

    SEEN = "S", "见于出处"
    PARTLY = "P", "部分见于出处"
    MEMORY = "M", "未见出处"


@dataclass(frozen=True, slots=True)
class Agent:
    """An agent with its incubation: shortest, the typical range, longest."""

    code: str
    name_zh: str
    name_en: str
    group: str
    shortest: timedelta
    typical: tuple[timedelta, timedelta]
    longest: timedelta
    source: str
    evidence: Evidence

    @property
    def needs_expert(self) -> bool:
        """Say whether an expert must confirm the figures before a termination rests on them (预案 6.4.2(1), A33)."""
        return self.evidence is not Evidence.SEEN


@cache
def agents() -> dict[str, Agent]:
    """Return the known agents by code (预案 6.4.2(1)); an agent not listed cannot show that its incubation passed."""
    with (DATA / "agents.csv").open(encoding="utf-8", newline="") as lines:
        return {line["code"]: _agent(line) for line in csv.DictReader(lines)}


def _agent(line: dict[str, str]) -> Agent:
    return Agent(
        code=line["code"],
        name_zh=line["name_zh"],
        name_en=line["name_en"],
        group=line["group"],
        shortest=_hours(line["min_h"]),
        typical=(_hours(line["typ_lo_h"]), _hours(line["typ_hi_h"])),
        longest=_hours(line["max_h"]),
        source=line["src"],
        evidence=Evidence(line["verify"]),
    )


def _hours(number: str) -> timedelta:
    return timedelta(hours=float(number))
