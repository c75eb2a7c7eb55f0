"""When the patients let a response end (预案 6.4.2(1)): a conjunction of four, computed for an instant (A33)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from plan.agents import NO_AGENT_ZH, Agent
from plan.labelled import Labelled
from plan.termination import STABLE_FOR, Finding


class Recovery(Labelled):
    """Whether 6.4.2(1) is met; what can't be judged is never met."""

    MET = "met", "已符合"
    NOT_YET = "not_yet", "尚未符合"
    CANNOT_JUDGE = "cannot_judge", "无法判断"
    NO_PATIENTS = "no_patients", "无患者，不适用"


@dataclass(frozen=True, slots=True, kw_only=True)
class Patients:
    """How the patients are, as last reported.

    stable_since: the latest over all of them, a relapse included. known: how many the incident's facts count now.
    incubation: the longest, from the experts or from the table; None where nobody knows.
    agent_doubt_zh: why that is not known.
    is_each: every patient is on record (`plan.courses`); then unstable counts those alive who are not stable.
    """

    reported: int
    known: int
    untraced: int
    all_treated: bool
    stable_since: datetime | None
    last_onset_at: datetime | None
    last_exposure_at: datetime | None = None
    incubation: timedelta | None
    agent_doubt_zh: str = NO_AGENT_ZH
    unstable: int = 0
    is_each: bool = False

    @property
    def stable_at(self) -> datetime | None:
        """When the last patient has been stable for 24 hours; with nobody left alive there is nobody to wait for."""
        if self.stable_since is not None:
            return self.stable_since + STABLE_FOR
        return self.quiet_at if not self.unstable else None

    @property
    def quiet_at(self) -> datetime | None:
        """When no new acute patient has appeared for those 24 hours, where each patient is on record (6.4.2(1))."""
        return self.last_onset_at + STABLE_FOR if self.is_each and self.last_onset_at is not None else None

    @property
    def incubated_at(self) -> datetime | None:
        """When the longest incubation after the last case is over (6.4.2(1), A33)."""
        last = max(filter(None, (self.last_onset_at, self.last_exposure_at)), default=None)
        return last + self.incubation if last is not None and self.incubation is not None else None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What 6.4.2(1) amounts to at an instant: met, or what is missing; `earliest_at` is the first instant it could be."""

    state: Recovery
    missing: tuple[Finding, ...] = ()
    reasons_zh: tuple[str, ...] = ()
    stable_at: datetime | None = None
    incubated_at: datetime | None = None
    quiet_at: datetime | None = None

    @property
    def earliest_at(self) -> datetime | None:
        """The earliest possible moment, if nothing new happens (预案 6.4.2(1), A33)."""
        if self.stable_at is None or self.incubated_at is None:
            return None
        return max(filter(None, (self.stable_at, self.incubated_at, self.quiet_at)))


def longest_incubation(
    agent: Agent | None, by_expert: timedelta | None, *, is_confirmed: bool
) -> timedelta | None:
    """Return the longest incubation to wait: the experts' figure, else the table's where it is seen or confirmed (A33)."""
    if by_expert is not None:
        return by_expert
    if agent is None or (agent.needs_expert and not is_confirmed):
        return None
    return agent.longest


def judge(patients: Patients, now: datetime) -> Judgement:
    """Judge 6.4.2(1) at an instant: exactly 24 hours count (A3), and so does the last minute of the incubation."""
    if patients.reported == 0 and patients.known == 0:
        return Judgement(Recovery.NO_PATIENTS)
    times = (patients.stable_at, patients.incubated_at, patients.quiet_at)
    reasons, missing = _doubts(patients), _missing(patients, now)
    if reasons:
        return Judgement(Recovery.CANNOT_JUDGE, missing, reasons, *times)
    return Judgement(Recovery.NOT_YET if missing else Recovery.MET, missing, (), *times)


def _doubts(patients: Patients) -> tuple[str, ...]:
    doubts = (
        (patients.untraced > 0, "有患者失去联系"),
        (patients.reported < patients.known, "已报的患者情况少于现有发病人数，可能有新的患者"),
        (patients.stable_since is None and not patients.is_each, "未报病情稳定的时间"),
        (patients.last_onset_at is None, "末例患者的发病时间不明"),
        (patients.incubation is None, patients.agent_doubt_zh),
    )
    return tuple(text for is_so, text in doubts if is_so)


def _missing(patients: Patients, now: datetime) -> tuple[Finding, ...]:
    def over(moment: datetime | None) -> bool:
        return moment is not None and now >= moment

    found = {
        Finding.ALL_TREATED: patients.all_treated and patients.untraced == 0,
        Finding.STABLE_24H: over(patients.stable_at),
        Finding.NO_NEW_ACUTE: patients.reported >= patients.known
        and (not patients.is_each or over(patients.quiet_at)),
        Finding.INCUBATION_PASSED: over(patients.incubated_at),
    }
    return tuple(finding for finding, is_so in found.items() if not is_so)
