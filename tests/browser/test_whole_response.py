"""The whole of Long Khánh in one browser: from the county's call to the commander's consent, each office its own part (3, 6).

What the bakery's bread did took weeks; the story is entered when it is over, so that the longest incubation has passed.
"""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from audit.clock import database_now
from incidents.models import Incident
from response.models import Decision, LevelBasis, Response, ResponseState, Step
from tests.support.pages import typed
from tests.support.people import holding
from tests.support.reports import YINZHOU
from tests.support.watching import PATIENCE_MS, Desk

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
OFFICE, GOVERNMENT, COMMISSION, LEAD = "city-fso", "city-gov", "city-commission", "city-regulator"
COUNTY, COUNTY_HEALTH, COUNTY_GOVERNMENT = (f"{YINZHOU}-{each}" for each in ("regulator", "health", "gov"))
ENDS = "6.4.2(1)"
# The longest incubation of the salmonella found is ten days.
AGO = timedelta(days=11)


class Story(Desk):
    """One browser that goes from hand to hand; every page is at peace."""

    began: datetime
    found: Incident

    def at_work(self, office: str, *parts: str) -> None:
        """Open a page of the incident as this office."""
        self.open(office, self.found, *parts)
        self.assert_at_peace()

    def does(self, act: str, **said: str) -> str:
        """Follow an act's button, fill in its form and send it."""
        self.page.get_by_role("link", name=act, exact=True).first.click()
        self.page.wait_for_load_state()
        self.assert_at_peace()
        shown = self.send(**said)
        self.assert_at_peace()
        return shown

    def word(self, form: str, **said: str) -> dict[str, str]:
        """What the vice-mayor in charge said just now."""
        return {"decider": "王某", "capacity": "分管副市长", "given_at": typed(), "form": form, **said}


def call(story: Story) -> None:
    """The county's regulator reports from the bakery."""
    story.sit(COUNTY)
    story.page.goto(f"{story.address}/reports/new/")
    story.assert_at_peace()
    story.page.fill("[name=occurred_earliest]", typed(story.began))
    story.page.fill("#id_place_text", "隆庆面包店")
    story.page.fill("#id_illness_count", "547")
    story.page.click("text=提交报告")
    story.page.wait_for_url("**/reports/*-*-*-*-*/", timeout=PATIENCE_MS)
    story.found = Incident.objects.get()


def assess(story: Story) -> None:
    """The office assesses, fixes the level on that, and applies."""
    story.at_work(OFFICE, "response")
    parts = {"harm": "12人危重", "extent": "547人，一家面包店", "trend": "仍有新增"}
    assert "评估已登记" in story.does("作出事故评估", **parts, present_level="III")
    story.at_work(OFFICE)
    story.page.click("#case-level-form summary")
    story.page.click("#case-level-form button[type=submit]")
    assert "级别已核定" in story.page.inner_text(".notice-success")
    story.at_work(OFFICE, "response")
    assert "申请已提交" in story.does("申请启动应急响应", level="III", note="547人发病，请批准")


def activate(story: Story) -> None:
    """市政府 consents by telephone, the commission starts, the commander is named, the paper follows."""
    story.at_work(GOVERNMENT, "response")
    oral = story.word("oral", words="同意，立即启动", witness="陈值班")
    assert "欠书面文件" in story.does("登记市政府的批准或同意", level="III", answer="yes", **oral)
    story.at_work(COMMISSION, "response")
    assert "应急响应已启动" in story.does("启动应急响应", level="III")
    story.at_work(GOVERNMENT, "response")
    paper = story.word("paper", document="甬政发〔2026〕5号")
    who = str(holding(GOVERNMENT).pk)
    assert "总指挥已明确" in story.does("明确总指挥", holding=who, basis="in_charge", **paper)
    assert "书面文件已登记" in story.does("补登书面文件", document="甬政函〔2026〕1号", signed_at=typed())


def respond(story: Story) -> None:
    """A work group goes to the scene, the investigators judge the trend and report, the county seals the bread."""
    story.at_work(OFFICE, "response")
    team = {"leader": "张某", "members": "李某\n赵某", "left_at": typed()}
    assert "工作组已登记" in story.does("派出现场工作组", **team)
    story.at_work(OFFICE, "groups")
    assert "工作组已成立" in story.does("成立工作组", group="investigation")
    story.at_work(LEAD, "groups")
    task = {"state": "done", "document": "研判〔2026〕1号", "note": "面包已停售，无新增"}
    assert "进展已登记" in story.does("登记进展 研判发展趋势", **task)
    story.at_work(LEAD, "groups")
    assert "检出沙门氏菌" in story.does("提交报告 事故调查组", content="食品和标本检出沙门氏菌")
    story.at_work(COUNTY, "measures")
    seal = {"object": "food", "place": "后厨", "quantity": "1100份", "order_number": "封1号"}
    assert "已登记" in story.does("封存", **seal, legal_basis="食品安全法第一百一十条")


def recover(story: Story) -> None:
    """The county's health bureau says how the patients are, and of what they fell ill."""
    story.at_work(COUNTY_HEALTH, "response")
    assert "致病因子已登记" in story.does("判定致病因子", agent="SALM", expert="疾控专家组")
    then = typed(story.began + timedelta(hours=2))
    story.page.click("main a:has-text('报告患者总数和总体情况')")
    story.page.check("[name=all_treated]")
    patients = {"as_of": typed(), "patients": "547", "stable_since": then, "last_onset_at": then}
    assert "已符合" in story.send(**patients)
    story.assert_at_peace()


def end(story: Story) -> None:
    """The office assesses that a condition is met, the county proposes, the commander consents."""
    story.at_work(COUNTY_GOVERNMENT, "response")
    assert "现有评估作出于响应启动之前" in story.page.inner_text("[aria-labelledby=response-ending]")
    story.at_work(OFFICE, "response")
    story.page.click("main a:has-text('作出事故评估')")
    story.page.check(f"[name=conditions][value='{ENDS}']")
    parts = {"harm": "全部治愈", "extent": "一家", "trend": "无新增", "present_level": "IV"}
    assert "认为符合的终止条件" in story.send(**parts)
    story.at_work(COUNTY_GOVERNMENT, "response")
    story.page.click("main a:has-text('建议终止应急响应')")
    story.page.check(f"[name=conditions][value='{ENDS}']")
    assert "建议已提交" in story.send(note="患者全部治愈")
    story.at_work(OFFICE, "response")
    assert "须经总指挥本人同意" in story.page.inner_text("[aria-labelledby=response-ending]")
    story.at_work(GOVERNMENT, "response")
    assert "已终止" in story.does("总指挥答复", answer="yes")


@pytest.mark.clause(106, 116, 39, 58, 130, 149, 150, 154)
def test_long_khanh_from_the_call_to_the_end(page: "Page", served: str) -> None:
    story = Story(page, served)
    story.began = database_now() - AGO
    for chapter in (call, assess, activate, respond, recover, end):
        chapter(story)
    assert Response.objects.get().state == ResponseState.ENDED
    assert LevelBasis.objects.get().report is not None
    acted = Decision.objects.filter(paper_of__isnull=True).order_by("pk").values_list("step", flat=True)
    assert list(acted) == [Step.APPLY, Step.APPROVE, Step.ACT, Step.ACT, Step.PROPOSE, Step.ACT]
