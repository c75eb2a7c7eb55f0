"""A referral as an official document: what the record shows, never that anybody is guilty (3.4.1, 7.3)."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from audit.record import canonical_json
from audit.seals import utc
from outbox.actions.messages import DRILL_MARK
from plan.accountability import ReferralKind
from plan.editions import EDITIONS
from plan.levels import IncidentLevel
from reporting.documents.sheet import SEAL, Sheet
from reporting.documents.wording import day, in_chinese, moment, numeral
from response.brief import said as words
from response.models import AccountabilityEntry
from response.selectors.accountability_files import Asked, Exhibit, FileNow

Content = dict[str, Any]
# The misprint of 7.3 is quoted as it stands (A41).
MISPRINT, AS_PRINTED = "收到侵害", "（“收到侵害”为原文）"
NO_FINDING = (
    "本函只列明系统记录、所附证据和本单位掌握的情况，不认定任何单位或者个人违法、违纪或者犯罪。"
    "是否属实、如何处理，由贵机关依法决定。请将签收、受理和处理情况函告本单位。"
)


@in_chinese
def content_of_referral(
    file: FileNow,
    kind: ReferralKind,
    *,
    addressee: str,
    said: Mapping[str, str],
    contact: str,
    signer: str,
    seen_in_record: str,
    at: datetime,
) -> Content:
    """Return all that a referral prints; `seen_in_record`: the sentence of the prompt the file was opened on, if any."""
    entry = file.entry
    incident = entry.incident.merged_into or entry.incident
    sections = [
        ("移送依据", _quoted(kind)),
        ("事故基本情况", _incident(entry)),
        ("有关单位和立案事由", _opened(entry, seen_in_record)),
        *((label, said[name].strip()) for name, label in kind.conjuncts),
        ("有关单位的说明", _answers(file.asked)),
        ("所附证据", _evidence(file.exhibits)),
        ("移送请求", f"{_request(kind)}{NO_FINDING}"),
    ]
    return {
        "format": "ningbo-referral/1",
        "plan": incident.edition,
        "incident": incident.number,
        "file": entry.pk,
        "serial": len(file.referred) + 1,
        "drill": DRILL_MARK if incident.is_drill else "",
        "organ": entry.organisation.name,
        "to": addressee,
        "addressee": kind.addressee_zh,
        "ground": kind.ground_zh,
        "title": f"关于移送{incident.number}事故有关情况的函",
        "sections": [list(each) for each in sections],
        "evidence": [{"chain": each.link.chain, "events": each.link.events} for each in file.exhibits],
        "contact": contact,
        "signer": signer,
        "signed_at": utc(at),
    }


def hash_of_referral(content: Content) -> str:
    """Return the hash that stands on every page of a referral."""
    return sha256(canonical_json(content).encode()).hexdigest()


@in_chinese
def sheet_of_referral(content: Content) -> Sheet:
    """Lay a referral out like every other official document of the house (GB/T 9704)."""
    signed_at = datetime.fromisoformat(content["signed_at"])
    title = next(edition.title for edition in EDITIONS if edition.number == content["plan"])
    return Sheet(
        marks=tuple(mark for mark in (content["drill"],) if mark),
        masthead=f"{content['organ']}移送函",
        number=f"编号：{content['incident']} 追责档案{content['file']} 移送{content['serial']}",
        attention=f"签发人：{content['signer']}",
        title=f"{content['drill']}{content['title']}",
        to=f"{content['to']}：",
        paragraphs=tuple(
            (f"{numeral(place)}、{head}", text) for place, (head, text) in enumerate(content["sections"], 1)
        ),
        organ=content["organ"],
        date=day(signed_at),
        seal=SEAL,
        note=f"（联系人和电话：{content['contact']}）",
        copies="",
        hands=f"拟制并签发：{content['signer']}　{moment(signed_at)}",
        footer=(
            f"{content['drill']}依据《{title}》（{content['plan']}）",
            f"内容摘要 SHA-256 {hash_of_referral(content)}",
        ),
    )


def _quoted(kind: ReferralKind) -> str:
    lines = [f"预案{ref}：“{text}”{AS_PRINTED if MISPRINT in text else ''}" for ref, text in kind.quoted]
    return "\n".join([f"移送事由（预案用语）：{kind.ground_zh}。受移送机关：{kind.addressee_zh}。", *lines])


def _incident(entry: AccountabilityEntry) -> str:
    incident = entry.incident.merged_into or entry.incident
    level = (
        f"核定{words.level_words(IncidentLevel(incident.confirmed_level))}"
        if incident.confirmed_level
        else "级别尚未核定"
    )
    return f"{incident.number}，{words.where(incident)}，{words.when(incident)}，{level}。"


def _opened(entry: AccountabilityEntry, seen_in_record: str) -> str:
    lines = [
        f"有关单位：{entry.accused.name}。",
        f"{entry.organisation.name}于{moment(entry.recorded_at)}以“{entry.get_ground_display()}”为事由立案核查；立案不是认定。",
        f"立案理由：{entry.reason}",
    ]
    return "\n".join([*lines, *([f"记录显示：{seen_in_record}"] if seen_in_record else [])])


def _answers(asked: Sequence[Asked]) -> str:
    lines = [_answer(each) for each in asked]
    return "\n".join(lines) or "移送时尚未要求说明。"


def _answer(asked: Asked) -> str:
    begin = f"{moment(asked.question.recorded_at)}要求说明：{asked.question.question}　"
    if asked.answer is None:
        return f"{begin}截至移送时尚未答复（答复时间{moment(asked.question.due_at)}，由办理单位确定）。"
    source = f"（来源：{asked.answer.source}）" if asked.answer.source else ""
    return f"{begin}{moment(asked.answer.answered_at)}答复{source}：{asked.answer.answer}"


def _evidence(exhibits: Sequence[Exhibit]) -> str:
    lines = [
        f"{number}. {moment(each.line.at)}　{each.line.who}　{each.line.what}　{each.line.detail}"
        f"（存证 {each.link.chain}#{each.link.seq}，摘要 {each.link.events[str(each.link.seq)][:16]}…）"
        for number, each in enumerate(exhibits, 1)
        if each.line is not None
    ]
    return "\n".join(lines) or "无系统存证；依据见上。"


def _request(kind: ReferralKind) -> str:
    return f"现将上述情况移送贵机关，请依法处理（{'、'.join(f'预案{ref}' for ref in dict.fromkeys(kind.clauses))}）。"
