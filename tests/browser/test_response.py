"""The response in a browser: the page fits a phone, what can't be done is greyed, and an act is done by its form (3, 6)."""

from typing import TYPE_CHECKING

import pytest
from django.conf import settings
from django.test import Client

from audit.clock import database_now
from incidents.models import Incident
from plan.levels import ResponseLevel
from plan.termination import Finding
from response.actions.termination import propose_end
from response.models import Response
from response.selectors.command import commander_of
from tests.support.pages import typed
from tests.support.people import actor, holding, login
from tests.support.response import approved, commanded, weigh_all

if TYPE_CHECKING:
    from playwright.sync_api import Page

pytestmark = pytest.mark.browser
III = ResponseLevel.III


def enter(page: "Page", served: str, office: str, found: Incident) -> None:
    """Open the response page as somebody of this office."""
    client = Client()
    login(client, office)
    session = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": served}])
    page.goto(f"{served}/incidents/{found.number}/response/")


def test_the_commission_starts_and_the_government_names_the_commander(page: "Page", served: str) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    found, leader = approved(III, at=database_now()), holding("city-gov")
    enter(page, served, "city-fso", found)
    assert page.locator("button[disabled]:has-text('启动应急响应')").count() == 1
    enter(page, served, "city-commission", found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    page.click("a:text-is('启动应急响应')")
    page.select_option("[name=level]", "III")
    page.click("main button[type=submit]")
    assert "应急响应已启动" in page.inner_text(".notice-success")
    enter(page, served, "city-gov", found)
    page.click("a:text-is('明确总指挥')")
    page.select_option("[name=holding]", str(leader.pk))
    page.fill("[name=decider]", "李某")
    page.fill("[name=capacity]", "市长")
    page.fill("[name=given_at]", typed())
    page.select_option("[name=form]", "oral")
    page.fill("[name=words]", "由分管副市长任总指挥")
    page.click("main button[type=submit]")
    assert "欠书面文件" in page.inner_text("main")
    commander = commander_of(Response.objects.get())
    assert commander is not None
    assert commander.holding == leader


def test_the_commander_ends_it_and_another_is_told_why_not(page: "Page", served: str) -> None:
    response = commanded(III, at=database_now())
    weigh_all(response.incident, at=database_now())
    proposal = propose_end(
        response=response,
        conditions=["6.4.2(3)"],
        findings={Finding.HARM_CONTROLLED: "平息", Finding.NO_MORE_HANDLING: "专家意见"},
        by=actor("city-fso"),
        at=database_now(),
    )
    enter(page, served, "city-commission", response.incident)
    assert page.locator("a:text-is('总指挥答复')").count() == 0
    assert "须经总指挥本人同意" in page.inner_text("main")
    enter(page, served, "city-gov", response.incident)
    page.click("a:text-is('总指挥答复')")
    page.select_option("[name=answer]", "yes")
    page.click("main button[type=submit]")
    assert "已终止" in page.inner_text("main")
    assert proposal.followed_by.count() == 1
