"""docs/authority.md and docs/response-states.md say what the code does; the rights are the plan's own table."""

from pathlib import Path

import pytest

from accounts.rights import Right
from plan.authority import AUTHORITIES, Act
from tests.repository.response_docs import HELD, Held, documents, offices_of, offices_with

AUTHORITY = {entry.act: entry for entry in AUTHORITIES}


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.name)
def test_the_document_is_what_would_be_written_now(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == documents()[path], "run `make docs`"


@pytest.mark.clause(37, 46, 109, 113, 116, 119)
@pytest.mark.parametrize("held", HELD, ids=lambda held: f"{held.act}-{held.column}")
def test_those_who_have_the_right_are_those_the_plan_names(held: Held) -> None:
    assert offices_with(held) == offices_of(AUTHORITY[held.act], held.column)


@pytest.mark.clause(149)
def test_those_who_may_propose_an_end_are_those_the_plan_names_on_either_track() -> None:
    from_plan = {
        office
        for act in (Act.TERMINATE, Act.TERMINATE_COUNTY)
        for office in offices_of(AUTHORITY[act], "applies")
    }
    assert from_plan == offices_with(Held(Act.TERMINATE, "applies", Right.PROPOSE_END))


def test_every_act_of_the_plan_is_a_row_and_every_response_state_is_drawn() -> None:
    authority, states = documents().values()
    for act in Act:
        assert f"| {act.label_zh} |" in authority
    assert "响应中 --> 已终止: end" in states
    assert "响应中 --> 已由其他响应接替: give_way" in states
