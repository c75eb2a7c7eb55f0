"""What each part of a paper is drafted from; parts that only people can write are drafted from nothing (7.2)."""

from collections.abc import Callable, Iterator, Mapping
from typing import Final

from plan.papers import PAPERS, PaperKind
from reporting.documents.wording import in_chinese
from review.drafting import what_happened as happened
from review.drafting import what_was_done as done
from review.drafting.record import Record
from review.drafting.sentences import Sentence

Drafting = Callable[[Record], Iterator[Sentence]]


def _of_county(record: Record) -> Iterator[Sentence]:
    yield from done.clocks(record, done.bodies_of_county(record))


def _team(record: Record) -> Iterator[Sentence]:
    from_team = record.team
    if from_team is not None:
        units = "、".join(from_team.units)
        level = from_team.get_level_display()
        text = f"本起{level}级事故由{from_team.body.name}组成调查组，成员单位：{units}（预案7.2）。"
        yield Sentence(text, (f"review.investigationteam:{from_team.pk}",))


_DRAFTED_FROM: Final[Mapping[str, tuple[Drafting, ...]]] = {
    "causes": (happened.event, happened.people, happened.causes, happened.curve),
    "evaluation": (
        done.course,
        done.intervals,
        done.clocks,
        done.measures,
        done.costs,
        done.carried_over,
    ),
    "lessons": (done.missed,),
    "facts": (happened.event, happened.people),
    "inquiry": (_team, happened.causes, happened.curve, done.course, done.measures),
    "opinion": (done.clocks,),
    "handling": (happened.event, happened.people, done.course, done.measures),
    "analysis": (done.intervals, _of_county),
    "improvements": (done.improvements,),
}


@in_chinese
def drafted(kind: PaperKind, record: Record) -> dict[str, list[Sentence]]:
    """Return what the record says for each part of a paper, in the order of the paper (7.2)."""
    return {
        part.code: [sentence for write in _DRAFTED_FROM.get(part.code, ()) for sentence in write(record)]
        for part in PAPERS[kind].parts
    }
