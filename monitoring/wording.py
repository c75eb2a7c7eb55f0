"""How a bulletin reads: its Chinese and English body, and what fits into a text message (4.2)."""

from collections.abc import Mapping
from typing import Any, Final

from monitoring.models import BulletinKind
from outbox.actions.messages import DRILL_MARK
from plan.monitoring import LiftGround, Stream

# One text message of Chinese letters; a longer one is sent and charged as two.
ONE_TEXT_MESSAGE: Final = 70
CUT: Final = "…"
ADVICE: Final = "请公众和有关方面"
ENGLISH_STREAMS: Final = {
    Stream.DISEASE.value: "foodborne disease",
    Stream.CONTAMINATION.value: "food contamination",
    Stream.HARMFUL_FACTOR.value: "harmful factors in food",
}
ENGLISH_KINDS: Final = {
    BulletinKind.ALERT: "Food safety warning",
    BulletinKind.UPDATE: "Food safety warning, update",
    BulletinKind.LIFT: "Food safety warning lifted",
}
ENGLISH_GROUNDS: Final = {
    LiftGround.ELIMINATED.value: "The causes are judged to be eliminated.",
    LiftGround.CONTROLLED.value: "The causes are judged to be effectively controlled.",
}
Said = Mapping[str, Any]


def sections(said: Said) -> list[tuple[str, str]]:
    """Return the parts of a bulletin with their headings, in order; what is not said is left out (4.2.1, 4.2.2)."""
    ground = LiftGround(said["ground"]).label_zh if said["ground"] else ""
    found = [
        ("解除的理由", ground),
        ("研判", said["judgement"]),
        ("危害程度", said["harm"]),
        ("发展趋势", said["trend"]),
        ("涉及食品", said["food"]),
        (ADVICE, said["advice"]),
        ("本单位自定级别（非预案规定）", said["house_level"]),
    ]
    return [(head, text) for head, text in found if text]


def body_zh(said: Said) -> str:
    """Return the Chinese body as one text; the advice is told apart."""
    return "\n".join(f"{head}：{text}" for head, text in sections(said) if head != ADVICE)


def english_headline(said: Said) -> str:
    """Return the English headline: the office's own, else what kind of bulletin it is."""
    return (
        said["headline_en"]
        or f"{ENGLISH_KINDS[BulletinKind(said['kind'])]}: {ENGLISH_STREAMS[said['stream']]}"
    )


def english_body(said: Said) -> str:
    """Return the English body: the office's own words, else what is known of it in fixed ones."""
    parts = [f"{ENGLISH_KINDS[BulletinKind(said['kind'])]} ({ENGLISH_STREAMS[said['stream']]})."]
    if said["ground"]:
        parts.append(ENGLISH_GROUNDS[said["ground"]])
    parts.append(said["text_en"] or "The text in force is in Chinese.")
    return " ".join(parts)


def text_message(said: Said, *, issuer: str, is_drill: bool) -> str:
    """Return a bulletin as one text message: never longer than one, the headline first."""
    kind = BulletinKind(said["kind"])
    mark = DRILL_MARK if is_drill else ""
    words = {BulletinKind.ALERT: "预警", BulletinKind.UPDATE: "预警更新", BulletinKind.LIFT: "预警解除"}
    text = f"{mark}【{issuer}】{words[kind]}：{said['headline']}"
    rest = said["advice"] or said["trend"]
    whole = f"{text}。{rest}" if rest else f"{text}。"
    return whole if len(whole) <= ONE_TEXT_MESSAGE else whole[: ONE_TEXT_MESSAGE - 1] + CUT
