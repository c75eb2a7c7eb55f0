"""The outbreak card in rows, the same on the page, in a spreadsheet and on paper: what, how much, where it comes from (6.3.3)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.moments import minute
from incidents.models import Incident
from incidents.wording import agent_in_words
from reporting.documents.wording import in_chinese
from response.brief.brief import Brief
from response.card_groups import DEAD, EXPOSED, ILL, INPATIENT, Group
from response.card_page import CardPage
from response.card_tallies import Tally
from response.templatetags.spans import span


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the card; without a value nobody has said."""

    item: str
    value: str
    origin: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the card."""

    title: str
    rows: Sequence[Row]


def parts_of(page: CardPage) -> list[Part]:
    """Return the card in its parts; who fell ill by sex and age is a table of its own."""
    return [
        Part(_("概况"), list(_sums(page))),
        Part(_("原因"), list(_causes(page))),
        Part(_("病例清单写明的"), list(_named(page))),
        Part(_("采样"), list(_samples(page))),
    ]


def group_rows(page: CardPage) -> list[Row]:
    """Return the table by sex and age, a row for each age group."""
    names = measures()
    rows = [Row(group.band.label, _in_words(group, names), _("病例清单")) for group in page.people.groups]
    return [*rows, *(Row(names[name], _("略"), _("病例清单")) for name in page.people.unsaid)]


def measures() -> dict[str, str]:
    """Return the names of what the table by sex and age counts."""
    return {EXPOSED: _("暴露"), ILL: _("发病"), INPATIENT: _("住院"), DEAD: _("死亡")}


def file_rows(page: CardPage) -> list[list[str]]:
    """Return every line of the card for a spreadsheet."""
    parts = [*parts_of(page), Part(_("人群"), group_rows(page))]
    return [[part.title, row.item, row.value, row.origin] for part in parts for row in part.rows]


@in_chinese
def card_brief(incident: Incident, page: CardPage, actor: Actor) -> Brief:
    """Return the card as it goes on paper."""
    parts = [*parts_of(page), Part("人群", group_rows(page))]
    sections = [(part.title, "\n".join(map(_line, part.rows)) or "没有资料。") for part in parts]
    office = actor.organisation.name if actor.organisation else ""
    title = f"{incident.number}食源性疾病暴发信息卡"
    return Brief(title, office, page.at, sections, is_drill=incident.is_drill)


def _line(row: Row) -> str:
    value = row.value or "尚不清楚"
    return f"{row.item}：{value}（{row.origin}）" if row.origin else f"{row.item}：{value}"


def _sums(page: CardPage) -> Iterator[Row]:
    counted, listed = _("事故现计"), _("病例清单")
    yield Row(_("首例发病"), minute(page.onsets[0]) if page.onsets else "", listed)
    yield Row(_("末例发病"), minute(page.onsets[-1]) if page.onsets else "", listed)
    if seen := page.incubation:
        spans = " / ".join(span(each) for each in (seen.shortest, seen.median, seen.longest))
        yield Row(_("潜伏期：最短、中位、最长"), spans, _("病例清单，%d例") % seen.known)
    yield Row(_("暴露人数"), _number(page.exposed), _entered(page) if page.people.sums[EXPOSED] else counted)
    yield Row(_("发病人数"), _number(page.ill), counted)
    yield Row(_("其中病例清单写明的"), _number(page.listed), listed)
    yield Row(_("其中二代病例"), _number(page.secondary), listed)
    yield _inpatients(page)
    yield Row(_("死亡人数"), _number(page.dead), counted)
    yield Row(_("罹患率"), _percent(page.attack_rate), _("发病人数除以暴露人数"))
    yield Row(_("病死率"), _percent(page.fatality), _("死亡人数除以发病人数"))


def _inpatients(page: CardPage) -> Row:
    """Return how many are in hospital as stated in sum, else as the lists say where that may be said."""
    listed = page.people.sums[INPATIENT]
    if page.inpatient is None and listed and INPATIENT not in page.people.unsaid:
        return Row(_("住院人数"), _number(listed), _("病例清单"))
    return Row(_("住院人数"), _number(page.inpatient), _("事故现计"))


def _causes(page: CardPage) -> Iterator[Row]:
    card, entered = page.card, _entered(page)
    if page.agent is not None:
        yield Row(_("致病因素"), page.agent.name_zh, _("专家认定"))
    else:
        suspected = agent_in_words(page.suspected) if page.suspected else ""
        yield Row(_("致病因素"), suspected, _("事故登记的可疑因子"))
    yield Row(_("引发因素"), _("、").join(card.factors) if card else "", entered)
    yield Row(_("引发因素的说明"), card.factor_note if card else "", entered)
    yield Row(
        _("原因食品"), _("，").join(filter(None, (card.food, card.food_class))) if card else "", entered
    )
    yield Row(_("进食场所类型"), card.eaten_kind if card else "", entered)
    yield Row(_("加工场所类型"), card.made_kind if card else "", entered)
    yield Row(_("人均医疗费用（元）"), _number(card.cost_yuan if card else None), entered)


def _named(page: CardPage) -> Iterator[Row]:
    names = {
        "symptoms": _("症状体征"),
        "treatments": _("用药"),
        "histories": _("既往病史"),
        "food": _("吃过的食品"),
        "food_class": _("食品分类"),
        "place_kind": _("进食场所类型"),
        "positives": _("检出的致病因子"),
    }
    for name, label in names.items():
        found = page.tallies[name]
        yield Row(label, _tally(found), _("%(known)d例写明，共%(listed)d例") % _of(found, page))


def _samples(page: CardPage) -> Iterator[Row]:
    for each in page.samples:
        positive = _("结果未出") if each.positive is None else _("阳性%d") % each.positive
        value = _("%(number)d份，%(positive)s") % {"number": each.number, "positive": positive}
        yield Row(f"{each.source} {each.kind}", value, _entered(page) if each.is_entered else _("病例清单"))


def _entered(page: CardPage) -> str:
    return _("第%d版登记") % page.card.version if page.card else _("须登记")


def _of(found: Tally, page: CardPage) -> dict[str, int]:
    return {"known": found.of, "listed": page.listed}


def _tally(found: Tally) -> str:
    return _("、").join(f"{name} {_withheld(number)}" for name, number in found.named)


def _in_words(group: Group, names: dict[str, str]) -> str:
    words = [
        f"{names[name]} " + " ".join(f"{sex}{_withheld(number)}" for sex, number in numbers)
        for name, numbers in group.numbers.items()
        if numbers
    ]
    rate = [_("罹患率%s") % _percent(group.rate)] if group.rate is not None else []
    return _("；").join([*words, *rate])


def _withheld(number: int | None) -> str:
    return _("略") if number is None else str(number)


def _number(number: int | None) -> str:
    return "" if number is None else str(number)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{share:.1f}%"
