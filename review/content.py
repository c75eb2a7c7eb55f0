"""The content of a paper: all that is printed, as JSON, with where each drafted sentence came from (7.2)."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.conf import settings

from accounts.selectors import display_names
from audit.record import canonical_json
from audit.seals import utc
from incidents.models import Incident
from outbox.actions.messages import DRILL_MARK
from plan.editions import EDITIONS
from plan.papers import CLAUSE, PAPERS, PaperKind
from reporting.documents.sheet import NOT_SIGNED, SEAL, Sheet, unprintable
from reporting.documents.wording import day, in_chinese, moment, numeral
from review.drafting.parts import drafted
from review.drafting.record import Record
from review.drafting.sentences import Sentence, text_of, traced
from review.models import Paper, PaperRevision
from review.selectors import addressees_of, level_of

FORMAT: Final = "ningbo-paper/1"
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Draft:
    """A paper as it stands unsigned: what the record gives for each part, and what is said, people's words first."""

    paper: Paper
    revision: PaperRevision | None
    drafted: Mapping[str, Sequence[Sentence]]
    said: Mapping[str, str]

    @property
    def number(self) -> int:
        """The number of the revision that holds, 0 before the first."""
        return self.revision.number if self.revision else 0

    @property
    def parts(self) -> list[tuple[str, str, list[Sentence]]]:
        """Each part with its code, label and sentences."""
        rule = PAPERS[PaperKind(self.paper.kind)]
        return [
            (part.code, part.label_zh, traced(self.said[part.code], self.drafted[part.code]))
            for part in rule.parts
        ]


def draft_of(paper: Paper, revision: PaperRevision | None, record: Record) -> Draft:
    """Return what a paper says now: a part that nobody rewrote follows the record (7.2)."""
    found = drafted(PaperKind(paper.kind), record)
    written: Mapping[str, str] = revision.text if revision else {}
    said = {code: written.get(code, text_of(sentences)) for code, sentences in found.items()}
    return Draft(paper, revision, found, said)


@in_chinese
def content_of(
    draft: Draft, incident: Incident, *, signed_by: str = "", signed_at: datetime | None = None
) -> Content:
    """Return what is printed; nobody has signed while `signed_at` is None."""
    paper, kind = draft.paper, PaperKind(draft.paper.kind)
    writer = draft.revision.edited_by if draft.revision else paper.drafted_by
    names = display_names([writer, signed_by])
    return {
        "format": FORMAT,
        "plan": incident.edition,
        "incident": incident.number,
        "ref": str(paper.ref),
        "drill": DRILL_MARK if incident.is_drill else "",
        "kind": kind.value,
        "name": kind.label_zh,
        "version": paper.version,
        "replaces": paper.replaces.sha256 if paper.replaces else "",
        "level": level_of(incident).value,
        "body": paper.body.name,
        "title": f"关于{_event(incident)}的{kind.label_zh}",
        "to": [each.name for each in addressees_of(kind, incident)] or ["各有关单位"],
        "parts": [
            {
                "code": code,
                "label": label,
                "lines": [{"text": line.text, "sources": list(line.sources)} for line in lines],
            }
            for code, label, lines in draft.parts
        ],
        "writer": names.get(writer, ""),
        "signer": names.get(signed_by, ""),
        "signed_at": utc(signed_at) if signed_at else "",
    }


def paper_hash(content: Content) -> str:
    """Return the hash that is printed on every page of a signed paper."""
    return hashlib.sha256(canonical_json(content).encode()).hexdigest()


def paper_sheet(content: Content, sha256: str) -> Sheet:
    """Lay a paper out as an official document; without a hash it is a draft and says so."""
    signed_at = datetime.fromisoformat(content["signed_at"]) if content["signed_at"] else None
    version = f"（第{content['version']}版）" if content["version"] > 1 else ""
    hands = [f"拟稿：{content['writer']}"]
    if signed_at:
        hands.append(f"签发：{content['signer']}　{moment(signed_at)}")
    return Sheet(
        marks=(content["drill"],) if content["drill"] else (),
        masthead=content["body"],
        number=f"编号：{content['incident']} {content['name']}{version}",
        attention=f"签发人：{content['signer']}",
        title=f"{content['drill']}{content['title']}",
        to=f"{'、'.join(content['to'])}：",
        paragraphs=tuple(
            (f"{numeral(place)}、{part['label']}", _text(part))
            for place, part in enumerate(content["parts"], 1)
        ),
        organ=content["body"],
        date=day(signed_at) if signed_at else "",
        seal=SEAL,
        note="",
        copies="",
        hands="　".join(hands),
        footer=_footer(content, sha256),
    )


def unprintable_in(content: Content, page: Sheet) -> list[tuple[str, list[str]]]:
    """Return the characters that no font here has, by the part they stand in."""
    fields = [{"label": part["label"], "text": _text(part)} for part in content["parts"]]
    return unprintable({"fields": fields}, page, settings.FONT_DIR)


def _text(part: Mapping[str, Any]) -> str:
    return "\n".join(line["text"] for line in part["lines"])


def _footer(content: Content, sha256: str) -> tuple[str, ...]:
    title = next(edition.title for edition in EDITIONS if edition.number == content["plan"])
    plan = f"{content['drill']}依据《{title}》（{content['plan']}）{CLAUSE}"
    if not sha256:
        return plan, NOT_SIGNED
    before = f"替换内容摘要为 {content['replaces'][:16]}… 的前一版" if content["replaces"] else ""
    return tuple(line for line in (plan, f"内容摘要 SHA-256 {sha256}", before) if line)


def _event(incident: Incident) -> str:
    name = incident.place.name if incident.place else incident.place_text
    return f"{incident.county.name}{name}食品安全事故"
