"""The three papers of 7.2: each with its own precondition, drafted from the record, traceable, signed and sent."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pypdf import PdfReader

from aftermath.actions.finishing import declare_aftermath_finished
from audit.verify import verify
from plan.levels import ResponseLevel
from plan.papers import PaperKind
from plan.refusal import PlanRefusal
from response.bundle.contents import document_files, evidence_files
from review.actions.papers import draft_paper, edit_paper, renew_paper
from review.actions.sending_papers import send_paper
from review.actions.signing_papers import sign_paper
from review.drafting.sentences import Sentence, traced
from review.models import Improvement, Paper, SignedPaper
from tests.support.aftermath import ended
from tests.support.checksums import table_checksums
from tests.support.pages import url
from tests.support.people import actor, login, organisation
from tests.support.reports import NOON
from tests.support.response import assessed
from tests.support.review import GOVERNMENT, OFFICE, REGULATOR, drafted, improvement, reviewed

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def finished() -> Paper:
    """A summary of a county's incident whose aftermath is declared finished."""
    case = ended().incident
    paper = drafted(case, PaperKind.SUMMARY, REGULATOR)
    declare_aftermath_finished(
        incident=case, statement="无未了事项。", open_shown=0, by=actor(REGULATOR), at=NOON + DAY
    )
    return paper


@pytest.mark.clause(162)
def test_a_summary_waits_for_the_end_of_the_aftermath_to_the_moment() -> None:
    case = ended().incident
    paper = drafted(case, PaperKind.SUMMARY, REGULATOR)
    before = table_checksums()
    with pytest.raises(PlanRefusal) as refused:
        sign_paper(paper=paper, by=actor(REGULATOR), at=NOON + DAY)
    assert (refused.value.code, refused.value.clause) == ("aftermath_not_finished", "7.2")
    assert table_checksums() == before
    declare_aftermath_finished(
        incident=case, statement="无未了事项。", open_shown=0, by=actor(REGULATOR), at=NOON + DAY
    )
    signed = sign_paper(paper=paper, by=actor(REGULATOR), at=NOON + DAY)
    assert [part["label"] for part in signed.content["parts"]] == [
        "事故原因和影响因素",
        "应急处置工作开展情况和效果评估",
        "经验教训",
        "对类似事故的防范措施和意见建议",
    ]


@pytest.mark.clause(162)
def test_every_drafted_sentence_names_its_rows_and_people_s_own_are_marked_as_theirs() -> None:
    signed = sign_paper(paper=finished(), by=actor(REGULATOR), at=NOON + 2 * DAY)
    parts = {part["code"]: part["lines"] for part in signed.content["parts"]}
    assert all(line["sources"] for line in parts["causes"] + parts["evaluation"])
    assert any("核定事故级别" in line["text"] for line in parts["evaluation"])
    assert [line["sources"] for line in parts["prevention"]] == [[]]
    known = [Sentence("甲。", ("a:1",))]
    assert traced("甲。\n乙。", known) == [known[0], Sentence("乙。", ())]


@pytest.mark.clause(162)
def test_what_nobody_rewrote_follows_the_record_and_every_saving_is_kept() -> None:
    case = ended().incident
    paper = drafted(case, PaperKind.SUMMARY, REGULATOR)
    again = draft_paper(incident=case, kind=PaperKind.SUMMARY, by=actor(REGULATOR), at=NOON)
    assert again == paper
    edit_paper(paper=paper, text={"lessons": "改过。"}, seen=1, by=actor(REGULATOR), at=NOON)
    with pytest.raises(PlanRefusal, match="又有人保存"):
        edit_paper(paper=paper, text={"lessons": "旧页。"}, seen=1, by=actor(REGULATOR), at=NOON)
    assert [each.text["lessons"] for each in paper.revisions.order_by("number")] == [
        "温度监测不到位。",
        "改过。",
    ]
    assert "causes" not in paper.revisions.order_by("number").last().text  # type: ignore[union-attr]


@pytest.mark.clause(167)
def test_the_addressees_follow_from_the_level_and_the_paper_is_kept_byte_for_byte(client: Client) -> None:
    signed = sign_paper(paper=finished(), by=actor(REGULATOR), at=NOON + 2 * DAY)
    assert signed.content["to"] == ["市食药安委", "鄞州区政府"]
    to = [organisation(code) for code in ("city-commission", GOVERNMENT, "330212-health")]
    sent = send_paper(signed=signed, recipients=to, by=actor(REGULATOR), at=NOON + 2 * DAY)
    assert [each.is_reported for each in sent] == [True, True, False]
    login(client, GOVERNMENT)
    page = url(signed.incident, "papers", str(signed.paper_id))
    answer = client.get(f"{page}file/pdf/")
    assert bytes(answer.content) == bytes(signed.files.get(file_format="pdf").content)
    assert signed.sha256 in client.get(page).content.decode()
    confirm = url(signed.incident, "papers", "receipts", str(sent[1].pk))
    assert client.post(confirm, {"receiver": "钱某"}).status_code == 302
    assert sent[1].receipt.receiver == "钱某"
    assert "已确认收到" in client.get(url(signed.incident, "papers")).content.decode()
    login(client, "330212-health")
    assert client.get(page).status_code == 200
    login(client, "330212-commission")
    assert client.get(page).status_code == 403


@pytest.mark.clause(162)
def test_a_signed_paper_is_corrected_by_a_version_that_names_it() -> None:
    signed = sign_paper(paper=finished(), by=actor(REGULATOR), at=NOON + 2 * DAY)
    with pytest.raises(PlanRefusal, match="已签发"):
        edit_paper(paper=signed.paper, text={"lessons": "再改"}, by=actor(REGULATOR), at=NOON + 2 * DAY)
    newer = renew_paper(signed=signed, by=actor(REGULATOR), at=NOON + 2 * DAY)
    edit_paper(paper=newer, text={"lessons": "更正后的教训。"}, by=actor(REGULATOR), at=NOON + 2 * DAY)
    again = sign_paper(paper=newer, by=actor(REGULATOR), at=NOON + 3 * DAY)
    assert (again.content["version"], again.content["replaces"]) == (2, signed.sha256)
    with pytest.raises(PlanRefusal, match="已有新版本"):
        send_paper(
            signed=signed,
            recipients=[organisation(GOVERNMENT)],
            by=actor(REGULATOR),
            at=NOON + 3 * DAY,
        )


@pytest.mark.clause(162)
def test_the_evidence_bundle_holds_the_papers_and_the_log_vouches_for_them() -> None:
    signed = sign_paper(paper=finished(), by=actor(REGULATOR), at=NOON + 2 * DAY)
    files = evidence_files(signed.incident)
    assert signed.sha256 in files["records/review.signedpaper.jsonl"]
    # What people wrote is there by its hash alone.
    assert "温度监测不到位" not in "".join(files.values())
    pdf = [name for name in document_files(signed.incident) if name.endswith("summary.pdf")]
    assert len(pdf) == 1
    assert verify().breaks == []


@pytest.mark.clause(163, 164, 165, 166)
@pytest.mark.parametrize(
    ("level", "who", "code"),
    [
        (ResponseLevel.I, OFFICE, "investigated_above"),
        (ResponseLevel.II, OFFICE, "investigated_above"),
        (ResponseLevel.III, "city-commission", ""),
        (ResponseLevel.III, "330212-commission", "not_the_writer"),
        (ResponseLevel.IV, "330212-commission", ""),
        (ResponseLevel.IV, "city-commission", "not_the_writer"),
    ],
)
def test_the_level_of_the_incident_decides_who_investigates(
    level: ResponseLevel, who: str, code: str
) -> None:
    case = assessed(level)
    found = ""
    try:
        paper = draft_paper(incident=case, kind=PaperKind.INVESTIGATION, by=actor(who), at=NOON)
    except PlanRefusal as refusal:
        found = refusal.code
    else:
        assert paper.body == organisation(who)
    assert found == code


@pytest.mark.clause(163, 164)
def test_above_the_city_material_goes_up_and_the_result_is_kept(client: Client) -> None:
    case = assessed(ResponseLevel.II)
    login(client, OFFICE)
    said = {"direction": "result", "body": "省调查组", "text": "认定责任", "exchanged_at": "2026-05-01T12:00"}
    address = url(case, "above")
    assert client.post(address, said).status_code == 422
    assert client.post(address, {**said, "document": "浙食安委〔2026〕9号"}).status_code == 302
    page = client.get(url(case, "papers")).content.decode()
    assert "浙食安委〔2026〕9号" in page
    login(client, "city-police")
    assert "认定责任" not in client.get(url(case, "papers")).content.decode()


@pytest.mark.clause(168)
def test_a_review_is_signed_any_time_and_its_improvements_are_followed(client: Client) -> None:
    signed = reviewed(assessed(ResponseLevel.IV))
    text = "".join(page.extract_text() for page in PdfReader(_stream(signed)).pages)
    assert "完善夜间值守" in text.replace("\n", "")
    own = Improvement.objects.get(incident=signed.incident)
    address = f"/improvements/{own.pk}/"
    login(client, GOVERNMENT)
    assert "办理改进意见" in client.get("/").content.decode()
    done = {"text": "已完善", "is_done": "on", "proof": "鄞政办〔2026〕12号"}
    assert client.post(f"{address}report/", done).status_code == 302
    assert client.post(f"{address}judge/", {"is_enough": "yes", "opinion": "好"}).status_code == 403
    login(client, OFFICE)
    assert client.post(f"{address}judge/", {"is_enough": "yes", "opinion": "核验通过"}).status_code == 302
    assert "办结" in client.get(address).content.decode()
    assert "没有待办结的改进意见" in client.get("/improvements/").content.decode()


@pytest.mark.clause(168)
def test_the_pages_ask_as_many_queries_with_more_on_them(client: Client) -> None:
    case = assessed(ResponseLevel.IV)
    login(client, OFFICE)
    client.get("/improvements/")

    def asked() -> list[int]:
        counts = []
        for address in (url(case, "papers"), "/improvements/", "/"):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                assert client.get(address).status_code == 200
            counts.append(len(seen))
        return counts

    reviewed(case)
    once = asked()
    for _more in range(3):
        improvement(case)
    assert asked() == once


def _stream(signed: SignedPaper) -> io.BytesIO:
    return io.BytesIO(bytes(signed.files.get(file_format="pdf").content))
