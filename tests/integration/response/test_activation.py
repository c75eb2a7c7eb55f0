"""A response starts when everything the plan names before it stands, and not before (6.2)."""

from typing import Any

import pytest

from incidents.fixing import fix_level
from incidents.models import Incident
from outbox.models import Message
from plan.levels import IncidentLevel, ResponseLevel
from plan.refusal import PlanRefusal
from response.actions.activation import (
    activate_response,
    answer_activation,
    apply_for_activation,
    weigh_impact,
)
from response.actions.papers import record_paper
from response.models import Decision, Response, Track
from response.policies.rounds import papers_owed
from response.selectors.running import city_response, decisions_of
from tests.support.people import actor
from tests.support.refusals import refused
from tests.support.reports import NOON, YINZHOU, incident, minutes
from tests.support.response import active, approved, assessed, colleague, oral, second_office, spoken

pytestmark = pytest.mark.django_db
I, II, III, IV = ResponseLevel  # noqa: E741 - the plan's own numerals
COMMISSION, GOVERNMENT, OFFICE = "city-commission", "city-gov", "city-fso"


def activate(found: Incident, level: ResponseLevel = III, by: str = COMMISSION) -> Response:
    who = actor(by)
    return activate_response(incident=found, level=level, by=who, at=NOON + minutes(30))


@pytest.mark.clause(113, 116)
@pytest.mark.parametrize("level", [II, III])
def test_two_and_three_start_with_the_governments_consent(level: ResponseLevel) -> None:
    found, by = assessed(level), actor(COMMISSION)
    with refused("not_approved", 409, f"6.2.{list(ResponseLevel).index(level) + 1}"):
        activate_response(incident=found, level=level, by=by, at=NOON)
    answer_activation(
        incident=found, level=level, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    response = activate(found, level)
    assert (response.level, response.track, response.county) == (level, Track.CITY, None)
    assert found.confirmed_level == level


@pytest.mark.clause(109)
def test_one_needs_the_comprehensive_assessment_and_an_approval_after_it() -> None:
    found, by = assessed(I), actor(COMMISSION)
    early = answer_activation(
        incident=found, level=I, is_approved=True, spoken=spoken(NOON), by=actor(GOVERNMENT), at=NOON
    )
    with refused("not_weighed", 409, "6.2.1"):
        activate_response(incident=found, level=I, by=by, at=NOON)
    weigh_impact(incident=found, impact="多省", trend="扩散", by=by, at=NOON + minutes(10))
    with refused("not_approved", 409, "6.2.1"):
        activate_response(incident=found, level=I, by=by, at=NOON + minutes(11))
    late = answer_activation(
        incident=found,
        level=I,
        is_approved=True,
        spoken=spoken(NOON + minutes(10)),
        by=actor(GOVERNMENT),
        at=NOON + minutes(12),
    )
    activate(found, I)
    assert decisions_of(found)[-1].rests_on == late != early


@pytest.mark.clause(109)
def test_weighing_waits_for_the_first_assessment_and_has_two_parts() -> None:
    found, by = assessed(II), actor(COMMISSION)
    with refused("not_assessed_at_level", 409, "6.2.1"):
        weigh_impact(incident=found, impact="多省", trend="扩散", by=by, at=NOON)
    fix_level(incident=found, level=IncidentLevel.I, note="跨省", by=actor(OFFICE), at=NOON)
    with refused("weighing_incomplete", 422, "6.2.1"):
        weigh_impact(incident=found, impact="多省", trend=" ", by=by, at=NOON)


@pytest.mark.clause(113)
def test_nothing_starts_before_the_first_assessment() -> None:
    found, by = incident(120), actor(COMMISSION)
    answer_activation(
        incident=found, level=III, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    with refused("not_assessed_at_level", 409, "6.2.3"):
        activate_response(incident=found, level=III, by=by, at=NOON)


@pytest.mark.clause(113)
def test_a_later_no_takes_the_consent_back() -> None:
    found = approved(III)
    answer_activation(
        incident=found, level=III, is_approved=False, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    with pytest.raises(PlanRefusal, match="市政府未批准"):
        activate(found)


@pytest.mark.clause(116)
@pytest.mark.parametrize("office", [f"{YINZHOU}-commission", f"{YINZHOU}-fso", OFFICE, GOVERNMENT])
def test_only_the_citys_commission_starts_three(office: str) -> None:
    found, by = approved(III), actor(office)
    with pytest.raises(PlanRefusal) as refusal:
        activate_response(incident=found, level=III, by=by, at=NOON)
    assert refusal.value.status == 403


@pytest.mark.clause(116)
def test_only_the_citys_government_consents() -> None:
    found = assessed(III)
    for office in (f"{YINZHOU}-gov", COMMISSION, OFFICE):
        by = actor(office)
        with refused("office_lacks_right", 403, "3.2"):
            answer_activation(incident=found, level=III, is_approved=True, spoken=spoken(), by=by, at=NOON)


@pytest.mark.clause(109, 113)
def test_the_preparer_does_not_approve_but_one_leader_acts_in_two_capacities() -> None:
    found, by = assessed(I), actor(COMMISSION)
    weigh_impact(incident=found, impact="多省", trend="扩散", by=by, at=NOON)
    person = second_office(COMMISSION, GOVERNMENT)
    with refused("preparer_approves", 403, "6.2.1"):
        answer_activation(incident=found, level=I, is_approved=True, spoken=spoken(), by=person, at=NOON)
    two = second_office(GOVERNMENT, COMMISSION)
    answer_activation(
        incident=found, level=I, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    activate_response(incident=found, level=I, by=two, at=NOON)
    approval, act = decisions_of(found)[-2:]
    assert approval.recorded_by == act.recorded_by
    assert (approval.organisation.code, act.organisation.code) == (GOVERNMENT, COMMISSION)


@pytest.mark.clause(113)
def test_consent_by_telephone_counts_and_owes_its_paper() -> None:
    found, by = assessed(II), actor(GOVERNMENT)
    said = oral(witness="李某")
    consent = answer_activation(incident=found, level=II, is_approved=True, spoken=said, by=by, at=NOON)
    assert papers_owed(decisions_of(found)) == [consent]
    activate(found, II)
    with refused("document_missing", 422, "6.2.2"):
        record_paper(decision=consent, document=" ", signed_at=NOON, by=by, at=NOON)
    paper = record_paper(
        decision=consent, document="甬政函〔2026〕3号", signed_at=NOON, by=by, at=NOON + minutes(9000)
    )
    assert papers_owed(decisions_of(found)) == []
    assert (
        record_paper(
            decision=consent, document="甬政函〔2026〕3号", signed_at=NOON, by=by, at=NOON + minutes(9001)
        )
        == paper
    )
    with refused("no_paper_owed", 409, "6.2.2"):
        record_paper(decision=consent, document="另一号", signed_at=NOON, by=by, at=NOON + minutes(9002))


@pytest.mark.clause(113)
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"decider": " "}, "decider_missing"),
        ({"capacity": ""}, "decider_missing"),
        ({"document": ""}, "document_missing"),
        ({"is_oral": True}, "oral_without_words"),
        ({"given_at": NOON + minutes(1)}, "given_in_future"),
    ],
)
def test_a_word_names_who_gave_it_and_what_it_was(change: dict[str, Any], code: str) -> None:
    found, by = assessed(II), actor(GOVERNMENT)
    with refused(code, 422, "6.2.2"):
        answer_activation(incident=found, level=II, is_approved=True, spoken=spoken(**change), by=by, at=NOON)


@pytest.mark.clause(46)
def test_the_application_is_owed_and_no_gate() -> None:
    found = approved(III)
    activate(found)
    other = assessed(III, place_text="另一家")
    apply_for_activation(incident=other, level=III, note="请批准", by=actor(OFFICE), at=NOON)
    assert Message.objects.filter(recipient=GOVERNMENT, title__contains="申请启动Ⅲ级").exists()
    with pytest.raises(PlanRefusal, match="没有答复不等于同意"):
        activate(other)


@pytest.mark.clause(108, 113)
def test_a_graver_level_needs_its_own_approval_and_the_old_response_stays_until_then() -> None:
    response = active(III)
    found = fix_level(
        incident=response.incident, level=IncidentLevel.II, note="死亡", by=actor(OFFICE), at=NOON
    )
    with refused("not_approved", 409, "6.2.2"):
        activate_response(incident=found, level=II, by=actor(COMMISSION), at=NOON)
    assert city_response(found) == response
    answer_activation(
        incident=found, level=II, is_approved=True, spoken=spoken(), by=actor(GOVERNMENT), at=NOON
    )
    raised = activate(found, II)
    assert (raised.pk, raised.level) == (response.pk, II)


@pytest.mark.clause(113)
def test_of_two_that_start_one_wins_and_a_double_click_starts_once() -> None:
    found, other = approved(III), colleague(COMMISSION)
    response = activate(found)
    assert activate(found) == response
    with refused("response_running", 409, "6.2.3"):
        activate_response(incident=found, level=III, by=other, at=NOON + minutes(30))
    assert Response.objects.count() == 1
    assert Decision.objects.filter(step="act").count() == 1
