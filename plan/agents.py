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

    @property
    def span_zh(self) -> str:
        """The incubation from shortest to longest, as the table has it."""
        return f"{span_zh(self.shortest)}至{span_zh(self.longest)}"


_GROUPS_ZH = {
    "bacterial toxin": "细菌毒素",
    "bacteria": "细菌",
    "virus": "病毒",
    "parasite": "寄生虫",
    "marine toxin": "海洋毒素",
    "mushroom": "毒蘑菇",
    "plant toxin": "植物毒素",
    "mycotoxin": "真菌毒素",
    "chemical": "化学物质",
}
NO_AGENT_ZH = "致病因子不明或其潜伏期未经专家确认"
_MINUTE, _HOUR, _DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def span_zh(span: timedelta) -> str:
    """Return a span in the largest unit that reads easily: minutes, hours or days."""
    unit, word = (_DAY, "天") if span >= 3 * _DAY else (_HOUR, "小时") if span >= _HOUR else (_MINUTE, "分钟")
    return f"{span / unit:.3g}{word}"


def agents_by_group() -> dict[str, list["Agent"]]:
    """Return the known agents under the Chinese name of their group, in the table's order."""
    found: dict[str, list[Agent]] = {}
    for agent in agents().values():
        found.setdefault(_GROUPS_ZH[agent.group], []).append(agent)
    return found


def agent_code(said: str) -> str:
    """Return the code of the table for what somebody calls an agent, their own words where it has none (预案 6.4.2(1))."""
    words = said.strip()
    known = (each.code for each in agents().values() if words in {each.code, each.name_zh, each.name_en})
    return next(known, words)


def doubt_zh(found: Agent | None, other: str, suspected: str) -> str:
    """Return why no longest incubation is known: of an agent found, of one the table lacks, of one only suspected (A33)."""
    if found is not None:
        return f"“{found.name_zh}”的潜伏期未经专家确认"
    if other:
        return f"“{other}”不在潜伏期表中，最长潜伏期须由专家另定"
    if not suspected:
        return NO_AGENT_ZH
    known = agents().get(suspected)
    if known is not None:
        return f"可疑致病因子“{known.name_zh}”尚未判定"
    return f"可疑致病因子“{suspected}”尚未判定，且不在潜伏期表中"


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
