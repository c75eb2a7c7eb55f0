"""What a grade must tell people: the judgements it waits for, and facts that look odd."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from plan.edition import Edition
from plan.facts import DeterminingBody, Facts
from plan.grading import Grade, grade, novel_contaminant_made_ill, spread_beyond_province
from plan.levels import IncidentLevel, most_severe

HARM_CLAUSES = frozenset({"2.2(1)", "2.2(2)", "2.3(1)", "2.4(1)"})
LEVEL_OF_BODY = {
    DeterminingBody.STATE_COUNCIL: IncidentLevel.I,
    DeterminingBody.PROVINCE: IncidentLevel.II,
    DeterminingBody.CITY: IncidentLevel.III,
    DeterminingBody.COUNTY: IncidentLevel.IV,
}
COUNTIES_OF_NINGBO = 10
CITIES_OF_ZHEJIANG = 11
PROVINCES_OF_MAINLAND = 31


@dataclass(frozen=True, slots=True)
class NeedsPerson:
    """A question that only a person can answer, and the clause it decides."""

    clause: str
    reason_zh: str
    code: str

    def __str__(self) -> str:
        return f"{self.clause}：{self.reason_zh}"


def questions_for_people(facts: Facts, graded: Grade, edition: Edition) -> tuple[NeedsPerson, ...]:
    """Return what a person must decide, most severe item first (A1, A6, A10 and the ungraded fatal row)."""
    questions = [
        NeedsPerson(entry.item.clause, f"{'；'.join(entry.questions_zh)}，须由人认定。", "open_judgement")
        for entry in graded.open
    ]
    questions += _resting_on_death(facts, graded, edition)
    if _assessed_without_spread(facts, graded, edition):
        questions.append(
            NeedsPerson(
                "2.1(1)",
                "经评估认为事故危害特别严重，但食品未流入2个以上省份或境外，不构成特别重大（A1）；"
                "请提请国务院认定（2.1(2)）或省政府认定（2.2(4)）。",
                "assessed_without_spread",
            )
        )
    if facts.death_count and not graded.level.at_least(IncidentLevel.III):
        questions.append(_death_without_iii(graded.level))
    return tuple(questions)


def warnings_about(
    facts: Facts, graded: Grade, edition: Edition, *, is_ill_known: bool = True
) -> tuple[str, ...]:
    """Return warnings in Chinese about facts that are possible but odd, or that the words grade oddly."""
    odd_counts = _odd_counts(facts, is_ill_known=is_ill_known)
    return (*odd_counts, *_odd_places(facts), *_odd_levels(facts, graded, edition))


def _resting_on_death(facts: Facts, graded: Grade, edition: Edition) -> list[NeedsPerson]:
    given = facts.health_damage
    if given is None or not facts.death_count:
        return []
    nobody_died = replace(facts, illness_count=max(facts.illness_count, facts.death_count), death_count=0)
    without = grade(nobody_died, edition).met
    return [
        NeedsPerson(
            clause,
            f"已有死亡病例，按严重健康损害计（A10），但填报为“{given.label_zh}”，须由人确认或更正。",
            "harm_below_death",
        )
        for clause in graded.met
        if clause in HARM_CLAUSES and clause not in without
    ]


def _assessed_without_spread(facts: Facts, graded: Grade, edition: Edition) -> bool:
    return (
        facts.assessed_particularly_serious is True
        and not spread_beyond_province(facts, edition)
        and graded.level is not IncidentLevel.I
    )


def _death_without_iii(level: IncidentLevel) -> NeedsPerson:
    if level is IncidentLevel.IV:
        return NeedsPerson(
            "2.3(3)",
            "已有死亡病例而按条文仅为一般（Ⅳ级），请研究是否提请市政府认定（2.3(3)）或省政府认定（2.2(4)）（A6）。",
            "fatal_at_iv",
        )
    return NeedsPerson(
        "6.1",
        "已有死亡病例而各项分级情形均未满足，请立即报请市食药安办核定（6.1）或市政府认定（2.3(3)），"
        "并标记为敏感；不得按6.2.4交由县级酌情处置。",
        "fatal_ungraded",
    )


def _odd_counts(facts: Facts, *, is_ill_known: bool) -> Iterator[str]:
    if facts.death_count > facts.illness_count:
        yield "死亡人数多于发病人数：发病人数应包含死亡者（A12），请核对。"
    if facts.health_damage is not None and facts.health_damage.is_serious and not facts.illness_count:
        said = "发病人数为0" if is_ill_known else "尚未报发病人数"
        yield f"填报已造成严重健康损害后果，但{said}，请核对。"
    if novel_contaminant_made_ill(facts) and facts.contaminated_food_present is False:
        yield "填报不存在受污染食品，但我国首次出现的新污染物已致人发病，按存在受污染食品计（A11），请核对。"


def _odd_places(facts: Facts) -> Iterator[str]:
    if facts.counties_affected > COUNTIES_OF_NINGBO:
        yield "波及区县（市）数超过宁波市的10个区县（市）；功能区不另计（A43），请核对。"
    if facts.prefecture_cities_affected > CITIES_OF_ZHEJIANG:
        yield "波及设区市数超过浙江省的11个设区市，请核对。"
    if facts.provinces_affected > PROVINCES_OF_MAINLAND:
        yield "波及省份数超过31个；港澳台地区按境外计（A2），请核对。"


def _odd_levels(facts: Facts, graded: Grade, edition: Edition) -> Iterator[str]:
    if spread_beyond_province(facts, edition) and graded.level is not IncidentLevel.I:
        yield (
            "波及范围超出所定级别：食品已流入2个以上省份或境外，但2.1(1)的其余条件尚未满足，按条文定级（A9）；"
            "可提请国务院、省政府或市政府认定（2.1(2)、2.2(4)、2.3(3)）。"
        )
    determined = most_severe(*(LEVEL_OF_BODY[body] for body in facts.determined_by))
    if facts.determined_by and graded.level.more_severe_than(determined):
        yield f"认定为{determined.label_zh}不降低按事实达到的{graded.level.label_zh}级别（A13）。"
