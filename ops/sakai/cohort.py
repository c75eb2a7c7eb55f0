"""Who falls ill and who reports whom: pupils of many schools fed by one kitchen, seen in ten hospitals."""

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any

HOSPITALS = (
    *("hosp-first", "hosp-yinzhou-people", "hosp-yinzhou-second", "hosp-lihuili", "hosp-sixth"),
    *("hosp-fenghua-people", "hosp-ninghai-first", "hosp-yuyao-people", "hosp-cixi-people", "hosp-cixi-tcm"),
)
# A registered place of the demo, by which all reports join one incident.
KITCHEN = {"name": "前湾配餐中心", "registry_code": "JY23302820000010", "county": "330282"}
SENT_TWICE, WITHOUT_NUMBER, CORRECTED, MISSPELT = 0.15, 0.15, 0.5, 0.02
ELSEWHERE = 0.3
SEVERE, DEATHS = 0.02, 3
FIRST_BIRTHDAY, BIRTHDAYS = date(2014, 1, 1), 2_000
# Within the 72 hours in which reports of one place are of one incident.
ONSETS_H = (3.0, 40.0)


@dataclass(frozen=True)
class Pupil:
    """One patient, as they are."""

    number: int
    school: int
    onset_at: datetime
    is_girl: bool
    is_severe: bool

    @property
    def born_on(self) -> date:
        return FIRST_BIRTHDAY + timedelta(days=self.number % BIRTHDAYS)

    @property
    def citizen(self) -> str:
        """An identity number of nobody else, with its check digit (GB 11643)."""
        first = f"330282{self.born_on:%Y%m%d}{self.number // BIRTHDAYS + 1:03d}"
        return first + "10X98765432"[sum(int(digit) << (17 - at) for at, digit in enumerate(first)) % 11]


@dataclass(frozen=True)
class Record:
    """A pupil in one hospital's list."""

    pupil: Pupil
    has_number: bool


@dataclass(frozen=True)
class Message:
    """One revision of one hospital's list of one school."""

    hospital: str
    reference: str
    revision: int
    body: dict[str, Any]

    @property
    def name(self) -> str:
        return f"{self.reference}#{self.revision}"


@dataclass
class Cohort:
    """Everybody, and every hospital's list of each school in the end."""

    schools: int
    rng: random.Random
    now: datetime = field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    lists: dict[tuple[str, int], list[Record]] = field(default_factory=lambda: defaultdict(list))
    # Whose deaths only a second revision knows.
    dead: set[int] = field(default_factory=set)

    def fall_ill(self, patients: int) -> None:
        """Let so many fall ill, and see the doctor."""
        for number in range(patients):
            school = number % self.schools
            hours = self.rng.uniform(*ONSETS_H)
            pupil = Pupil(
                number=number,
                school=school,
                onset_at=self.now - timedelta(hours=hours),
                is_girl=self.rng.random() < 0.5,
                is_severe=self.rng.random() < SEVERE,
            )
            near = HOSPITALS[school % len(HOSPITALS)], HOSPITALS[(school + 3) % len(HOSPITALS)]
            seen = near[self.rng.random() < ELSEWHERE]
            others = [each for each in near if each != seen]
            for hospital in (seen, *(others if self.rng.random() < SENT_TWICE else ())):
                has_number = self.rng.random() >= WITHOUT_NUMBER
                self.lists[hospital, school].append(Record(pupil, has_number))

    def messages(self) -> Iterator[Message]:
        """Yield every message: each list at once, or first a part with mistakes in it and then the whole."""
        mistaken = 1 + max(record.pupil.number for records in self.lists.values() for record in records)
        for (hospital, school), records in self.lists.items():
            reference = f"{hospital}-S{school:02d}"
            last = 1
            if self.rng.random() < CORRECTED and len(records) > 1:
                last, first_part = 2, records[: max(1, len(records) * 3 // 5)]
                # Somebody who turns out not to be a patient of this outbreak.
                nobody = Record(Pupil(mistaken, school, self.now - timedelta(hours=9), True, False), True)
                mistaken += 1
                cases = [self._case(each, reference, is_first=True) for each in (*first_part, nobody)]
                yield Message(hospital, reference, 1, _body(reference, 1, cases))
                if len(self.dead) < DEATHS and records[0].has_number:
                    self.dead.add(records[0].pupil.number)
            cases = [self._case(each, reference, is_first=False) for each in records]
            yield Message(hospital, reference, last, _body(reference, last, cases))

    @property
    def named(self) -> set[str]:
        """The identity numbers that the hospitals give in the end."""
        return {each.pupil.citizen for records in self.lists.values() for each in records if each.has_number}

    @property
    def unnamed(self) -> int:
        """How many records have none."""
        return sum(not each.has_number for records in self.lists.values() for each in records)

    @property
    def doubles(self) -> int:
        """How many pairs of records are one pupil, of which a number does not say so."""
        theirs: dict[int, list[bool]] = defaultdict(list)
        for records in self.lists.values():
            for each in records:
                theirs[each.pupil.number].append(each.has_number)
        return sum(len(numbers) == 2 and not all(numbers) for numbers in theirs.values())

    def _case(self, record: Record, reference: str, *, is_first: bool) -> dict[str, Any]:
        pupil = record.pupil
        number = pupil.citizen
        if is_first and self.rng.random() < MISSPELT:
            number = number[:-1] + ("0" if number[-1] != "0" else "1")
        personal = {
            "name": f"学生{pupil.number}",
            "birth_on": f"{pupil.born_on}",
            "phone": f"139{pupil.number:08d}",
        }
        is_dead = not is_first and record.has_number and pupil.number in self.dead
        return {
            "local_id": f"{reference}-{pupil.number}",
            "sex": "female" if pupil.is_girl else "male",
            "onset_at": pupil.onset_at.isoformat(),
            "is_severe": pupil.is_severe,
            "outcome": "dead" if is_dead else "in_treatment",
            "occupation": "学生",
            "symptoms": ["腹痛", "腹泻", "鲜血便"] if pupil.is_severe else ["腹痛", "腹泻"],
            "exposures": [{"food": "萝卜苗", "meal": "午餐", "place_eaten": f"第{pupil.school + 1}小学"}],
            "personal": personal | ({"id_number": number} if record.has_number else {}),
        }


def _body(reference: str, revision: int, cases: list[dict[str, Any]]) -> dict[str, Any]:
    return {
        "reference": reference,
        "revision": revision,
        "place": KITCHEN,
        "first_onset_at": None,
        "counts": {"ill": len(cases)},
        "suspect_food": "萝卜苗",
        "cases": cases,
    }
