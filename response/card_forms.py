"""The form of the outbreak card's entries: short fields, and two small tables as lines (6.3.3)."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.forms.fields import PeopleField, choice, line, words
from accounts.forms.plan_form import PlanForm
from incidents.actions.cards import CardEntries, SampleCount
from incidents.codes import EATEN_AT, FACTORS, FOOD_CLASSES, SAMPLED, SPECIMENS
from incidents.epi.people import AgeBand, Exposed
from incidents.models import OutbreakCard
from response.history_lines import lines_of

NOT_YET = ("", gettext_lazy("尚不清楚"))
WORDS = ("factors", "factor_note", "cost_yuan", "food", "food_class", "eaten_kind", "made_kind")
BANDS = [band for band in AgeBand if band != AgeBand.UNKNOWN]
PARTS = 4


def _codes(names: tuple[str, ...]) -> list[tuple[str, Any]]:
    return [NOT_YET, *((name, name) for name in names)]


class CardForm(PlanForm):
    """What nothing computes; what is left empty is not known yet."""

    factors = forms.MultipleChoiceField(
        label=gettext_lazy("引发因素"),
        choices=[(each, each) for each in FACTORS],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    factor_note = line(label=gettext_lazy("引发因素的说明"), max_length=300)
    food = line(label=gettext_lazy("原因食品名称"), max_length=120)
    food_class = choice(label=gettext_lazy("原因食品分类"), choices=_codes(FOOD_CLASSES))
    eaten_kind = choice(label=gettext_lazy("进食场所类型"), choices=_codes(EATEN_AT))
    made_kind = choice(label=gettext_lazy("加工场所类型"), choices=_codes(EATEN_AT))
    cost_yuan = PeopleField(
        label=gettext_lazy("人均医疗费用（元）"),
        required=False,
        error_messages={"invalid": gettext_lazy("请填整数元。")},
    )
    exposed = words(
        label=gettext_lazy("暴露人数"),
        max_length=500,
        rows=4,
        help_text=gettext_lazy(
            "每行一个年龄组：年龄组、男、女；用空格、制表符或逗号分开。不清楚的行留着不填。"
        ),
    )
    samples = words(
        label=gettext_lazy("采样和阳性数"),
        max_length=3_000,
        rows=5,
        help_text=gettext_lazy(
            "每行一种：来源、标本类型、份数、阳性数，例如“食品加工者 肛拭子 12 3”；结果未出的不写阳性数。病例清单里已有的标本不必再填。"
        ),
    )
    source = line(label=gettext_lazy("根据什么填写"), max_length=300, required=True)

    def __init__(self, *args: Any, card: OutbreakCard | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = {row["band"]: f"{row['male']} {row['female']}" for row in card.exposed} if card else {}
        self.initial["exposed"] = "\n".join(f"{each.label} {known.get(each, '')}".strip() for each in BANDS)
        if card:
            self.initial.update({name: getattr(card, name) for name in WORDS})
            self.initial["samples"] = "\n".join(_written(row) for row in card.samples)

    def clean_exposed(self) -> tuple[Exposed, ...]:
        """Read the lines of age groups; an error names the line."""
        found = []
        for number, cells in lines_of(self.cleaned_data["exposed"]):
            text = " ".join(cells)
            band = next((each for each in BANDS if text.startswith(each.label)), None)
            rest = text.removeprefix(band.label).split() if band else []
            if band is None or len(rest) not in {0, 2} or not all(map(_is_number, rest)):
                raise ValidationError(
                    _("第%(line)d行：须是年龄组和男、女两个人数。"), params={"line": number}
                )
            if rest:
                found.append(Exposed(band, *map(int, rest)))
        return tuple(found)

    def clean_samples(self) -> tuple[SampleCount, ...]:
        """Read the lines of samples; an error names the line."""
        found = []
        for number, cells in lines_of(self.cleaned_data["samples"]):
            row = _split(cells)
            if len(row) not in {PARTS - 1, PARTS} or not all(map(_is_number, row[2:])):
                raise ValidationError(
                    _("第%(line)d行：须是来源、标本类型和份数、阳性数。"), params={"line": number}
                )
            if row[0] not in SAMPLED or row[1] not in SPECIMENS:
                raise ValidationError(
                    _("第%(line)d行：来源须是%(sources)s之一，标本须是%(kinds)s之一。"),
                    params={"line": number, "sources": "、".join(SAMPLED), "kinds": "、".join(SPECIMENS)},
                )
            positive = int(row[3]) if len(row) == PARTS else None
            found.append(SampleCount(source=row[0], kind=row[1], number=int(row[2]), positive=positive))
        return tuple(found)

    def said(self) -> dict[str, Any]:
        """Return what the valid form says, as the action takes it."""
        data = dict(self.cleaned_data)
        source, factors = data.pop("source"), tuple(data.pop("factors"))
        return {"entries": CardEntries(factors=factors, **data), "source": source}


def _split(cells: list[str]) -> list[str]:
    """Return the cells of a line, of one without commas or tabs its words."""
    return [cell for cell in cells if cell] if len(cells) > 1 else cells[0].split()


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < 8


def _written(row: dict[str, Any]) -> str:
    found = "" if row["positive"] is None else str(row["positive"])
    return f"{row['source']} {row['kind']} {row['number']} {found}".strip()
