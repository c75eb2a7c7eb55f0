"""The page of components shows each in every state, from rows that are never stored."""

import pytest
from django.test import Client

from plan.levels import IncidentLevel
from reporting.verdicts import VerdictState
from tests.support.checksums import table_checksums
from tests.support.people import login_manager

pytestmark = pytest.mark.django_db


def test_every_level_and_every_verdict_is_shown_and_nothing_is_stored(client: Client) -> None:
    login_manager(client, "city-fso")
    before = table_checksums()
    answer = client.get("/components/")
    assert answer.status_code == 200
    page = answer.content.decode()
    for level in IncidentLevel:
        assert f"level level-{level.value.lower()} level-large" in page
    for state in VerdictState:
        assert str(state.label) in page
    for said in ("请填写这一项。", "人数不能是负数。", "+14", "−2", "可能重复计入", "bar-over"):  # noqa: RUF001
        assert said in page, said
    assert table_checksums() == before
