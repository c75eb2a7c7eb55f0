"""What is written after an incident, for tests, through the actions."""

from datetime import datetime
from typing import Any

from incidents.models import Incident
from plan.papers import PaperKind
from review.actions.improving import propose_improvement
from review.actions.papers import draft_paper, edit_paper
from review.actions.sending_papers import send_paper
from review.actions.signing_papers import sign_paper
from review.models import Improvement, Paper, SignedPaper
from tests.support.people import actor, organisation
from tests.support.reports import NOON, YINZHOU

OFFICE, GOVERNMENT, REGULATOR = "city-fso", f"{YINZHOU}-gov", f"{YINZHOU}-regulator"


def improvement(case: Incident, *, at: datetime = NOON, **more: Any) -> Improvement:
    """What the county's government is to do better."""
    given = {"addressee": organisation(GOVERNMENT), "text": "完善夜间值守", **more}
    return propose_improvement(incident=case, by=actor(OFFICE), at=at, **given)


def drafted(case: Incident, kind: PaperKind, by: str, *, at: datetime = NOON) -> Paper:
    """A paper as the record drafts it, with words where the record has none."""
    paper = draft_paper(incident=case, kind=kind, by=actor(by), at=at)
    words = {"lessons": "温度监测不到位。", "prevention": "限制制售冷菜。", "opinion": "处置及时。"}
    edit_paper(paper=paper, text=words, by=actor(by), at=at)
    return paper


def reviewed(case: Incident, *, at: datetime = NOON) -> SignedPaper:
    """市食药安办's signed review with one improvement."""
    improvement(case, at=at)
    paper = drafted(case, PaperKind.LOCAL_REVIEW, OFFICE, at=at)
    edit_paper(paper=paper, text={"analysis": "衔接不畅。"}, by=actor(OFFICE), at=at)
    return sign_paper(paper=paper, by=actor(OFFICE), at=at)


def written_for_doors(case: Incident, *, at: datetime) -> dict[str, int]:
    """A summary being drafted, a review sent to the county's government, an improvement proposed to it, by address."""
    draft = drafted(case, PaperKind.SUMMARY, REGULATOR, at=at)
    signed = reviewed(case, at=at)
    (sent,) = send_paper(signed=signed, recipients=[organisation(GOVERNMENT)], by=actor(OFFICE), at=at)
    papers = ("paper", "edit_paper", "paper_act", "paper_file")
    proposed = Improvement.objects.get(incident=case).pk
    return {
        **{f"review:{name}": draft.pk for name in papers},
        "review:paper_receipt": sent.pk,
        "review:improvement": proposed,
        "review:improvement_act": proposed,
    }
