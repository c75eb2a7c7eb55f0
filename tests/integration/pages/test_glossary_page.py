"""The page of the plan's terms, and a term on a page with the words behind it."""

import pytest
from django.test import Client

from plan.clauses import clause
from tests.support.people import login

pytestmark = pytest.mark.django_db


def test_terms_stand_with_the_words_of_their_clause(client: Client) -> None:
    login(client, "hosp-yinzhou-people")
    page = client.get("/glossary/").text
    for term, ref in (("力争", "5.1(8)"), ("响应终止条件", "6.4.2"), ("危害控制组", "3.4.2")):
        assert f'<dfn class="tag">{term}</dfn>' in page
        assert f'id="c-{ref}"' in page
        assert clause(ref).text_zh.split("\n")[0] in page


def test_a_term_on_a_page_opens_by_keyboard_and_leads_to_the_others(client: Client) -> None:
    login(client, "city-fso")
    page = client.get("/calendar/").text
    assert '<details class="clause clause-term"><summary title="5.1(8) ' in page
    assert 'href="/glossary/#c-5.1(8)"' in page
