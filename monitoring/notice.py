"""A warning on paper, in the layout of an official document (4.2; GB/T 9704-2012)."""

from collections.abc import Sequence
from datetime import datetime

from accounts.models import Organisation
from monitoring.models import FoodWarning
from monitoring.warning_page import Shown
from outbox.actions.messages import DRILL_MARK
from plan.editions import EDITIONS
from reporting.documents.sheet import NOT_SIGNED, SEAL, Sheet
from reporting.documents.wording import day, in_chinese, moment, numeral

TITLES = {"alert": "食品安全预警通报", "update": "食品安全预警更新", "lift": "食品安全预警解除通报"}


@in_chinese
def notice_sheet(
    warning: FoodWarning,
    shown: Shown,
    *,
    issuers: Sequence[Organisation],
    departments: Sequence[Organisation],
    at: datetime,
) -> Sheet:
    """Lay a bulletin out; what is not issued yet says so, and what is carries the hash that was signed."""
    bulletin, mark = shown.bulletin, DRILL_MARK if warning.is_drill else ""
    title = TITLES[shown.content["kind"]]
    edition = EDITIONS[-1]
    digest = f"内容摘要 SHA-256 {bulletin.sha256}" if bulletin else NOT_SIGNED
    signed = f"签发：{'、'.join(shown.signers)}" if bulletin else "未签发"
    places = ("区域", "、".join(shown.areas))
    audience = [each.name for each in departments] + (["社会公众"] if shown.content["is_public"] else [])
    return Sheet(
        marks=(mark,) if mark else (),
        masthead=title,
        number=f"编号：{warning.number}",
        attention="联合发布" if len(issuers) > 1 else "",
        title=f"{mark}{shown.content['headline']}",
        to=f"{'、'.join(audience)}：",
        paragraphs=tuple(
            (f"{numeral(place)}、{head}", text)
            for place, (head, text) in enumerate([places, *shown.sections], 1)
        ),
        organ="　".join(each.name for each in issuers),
        date=day(bulletin.issued_at) if bulletin else "",
        seal=SEAL,
        note="（预案没有预警级别和颜色；接到预警后依法及时采取有效控制措施。）",
        copies="",
        hands=f"{signed}　{shown.kind}　{moment(bulletin.issued_at if bulletin else at)}",
        footer=(f"{mark}依据《{edition.title}》（{edition.number}）", digest),
    )
