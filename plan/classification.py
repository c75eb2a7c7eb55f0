"""From facts to an assessment: the level by the words of chapter 2, and what a person must still decide."""

from dataclasses import dataclass

from plan.edition import EDITION_2021, Edition
from plan.facts import Facts
from plan.grading import grade
from plan.levels import IncidentLevel
from plan.next_step import NextUp, next_up
from plan.prompts import NeedsPerson, questions_for_people, warnings_about


@dataclass(frozen=True, slots=True)
class Assessment:
    """A proposed level with its grounds; the machine proposes, a named official confirms (预案 6.1, A14).

    clauses: those of the winning level, empty below Ⅳ; other_clauses: the others met; both in plan order.
    is_ill_known: whether anybody has said how many are ill; a number nobody has said is no nought (5.2).
    """

    facts: Facts
    edition: Edition
    level: IncidentLevel
    clauses: tuple[str, ...]
    other_clauses: tuple[str, ...]
    needs_person: tuple[NeedsPerson, ...]
    warnings: tuple[str, ...]
    next_up: tuple[NextUp, ...]
    is_ill_known: bool = True

    @property
    def explanation(self) -> str:
        """The level and its grounds in Chinese sentences, with clause, counts and edition."""
        facts, edition = self.facts, self.edition
        ill = f"发病{facts.illness_count}人、" if self.is_ill_known else "发病人数暂不清楚、已知"
        counts = f"{ill}死亡{facts.death_count}人"
        sentences = [f"依据《{edition.title}》（{edition.number}），{counts}。", self._level_sentence]
        if self.other_clauses:
            sentences.append(f"另符合{'、'.join(self.other_clauses)}所列情形。")
        if self.needs_person:
            awaited = dict.fromkeys(question.clause for question in self.needs_person)
            sentences.append(f"须由人认定：{'、'.join(awaited)}。")
        if self.next_up:
            sentences.append(f"{'；'.join(step.text_zh for step in self.next_up)}。")
        return "".join(sentences)

    @property
    def _level_sentence(self) -> str:
        if self.level is not IncidentLevel.BELOW:
            quoted = "；".join(
                f"{ref}“{self.edition.clause(ref).text_zh.rstrip('；。')}”" for ref in self.clauses
            )
            return f"达到{self.level.label_zh}食品安全事故（{self.level.numeral}级），符合{quoted}。"
        if self.facts.death_count:
            return "各项分级情形均未满足，但已有死亡病例，应立即报请核定（6.1）或认定（2.3(3)），不交由县级酌情处置。"
        return "未达到一般级别，由事发地县级政府根据有关规定酌情处置（6.2.4）；5.1(1)至5.1(6)的报告义务照常适用。"


def classify(facts: Facts, edition: Edition = EDITION_2021, *, is_ill_known: bool = True) -> Assessment:
    """Grade the facts by an edition of the plan (预案 2.1–2.4, 6.2.4)."""
    graded = grade(facts, edition)
    return Assessment(
        facts=facts,
        edition=edition,
        level=graded.level,
        clauses=graded.winning,
        other_clauses=tuple(ref for ref in graded.met if ref not in graded.winning),
        needs_person=questions_for_people(facts, graded, edition),
        warnings=warnings_about(facts, graded, edition, is_ill_known=is_ill_known),
        next_up=next_up(facts, graded, edition),
        is_ill_known=is_ill_known,
    )
