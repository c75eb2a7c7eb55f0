"""Referrals: three addressees, the conditions of each ground, and what becomes of them there (3.4.1, 7.3)."""

import pytest

from plan.accountability import NEXT_STEPS, REFERRALS, ReferralStep
from tests.support.accountability import noted, opened_file, referred
from tests.support.clocks import after, major
from tests.support.refusals import refused

pytestmark = [pytest.mark.django_db, pytest.mark.clause(61, 62, 63, 171)]


def test_each_ground_has_its_addressee_and_quotes_the_plan_as_printed() -> None:
    entry = opened_file(major(), at=after(10))
    said = {kind: referred(entry, kind, at=after(20)).content for kind in REFERRALS}
    assert {kind: each["addressee"] for kind, each in said.items()} == {
        "public_interest": "检察机关",
        "organ": "检察机关",
        "dereliction": "监察机关",
        "crime": "公安等有权机关",
    }
    text = {kind: "\n".join(part for _head, part in each["sections"]) for kind, each in said.items()}
    assert "收到侵害的，检察机关依法提起公益诉讼。”（“收到侵害”为原文）" in text["organ"]
    assert "不认定任何单位或者个人违法、违纪或者犯罪" in text["crime"]
    assert "立案不是认定" in text["dereliction"]


@pytest.mark.parametrize("lacking", ["conduct", "harm"])
def test_of_an_organ_both_conduct_and_harm_are_set_down(lacking: str) -> None:
    entry = opened_file(major(), at=after(10))
    said = {"conduct": "未报告", "harm": "流通", lacking: " "}
    with refused("conjunct_missing", 422, "3.4.1"):
        referred(entry, "organ", said=said, at=after(20))
    with refused("addressee_missing", 422, "3.4.1"):
        referred(entry, addressee="", at=after(20))


@pytest.mark.parametrize("standing", list(NEXT_STEPS))
def test_steps_follow_one_another_and_no_other_way(standing: str) -> None:
    referral = referred(opened_file(major(), at=after(10)), at=after(20))
    way = {"": [], "void": ["void"], "sent": ["sent"], "received": ["sent", "received"]}
    minute = 30.0
    for name in way.get(standing, ["sent", standing]):
        noted(referral, name, at=after(minute))
        minute += 1
    for each in set(ReferralStep) - set(NEXT_STEPS[standing]):
        with refused("referral_step_out_of_order", 409, "7.3"):
            noted(referral, each, at=after(minute))
    for each in NEXT_STEPS[standing][:1]:
        noted(referral, each, at=after(minute))


def test_a_step_needs_proof_and_a_no_its_reason_and_neither_a_time_that_cannot_be() -> None:
    referral = referred(opened_file(major(), at=after(10)), at=after(20))
    with refused("referral_step_without_proof", 422, "7.3"):
        noted(referral, "sent", at=after(30), proof="")
    with refused("referral_step_before_last", 422, "7.3"):
        noted(referral, "sent", at=after(30), happened_at=after(19))
    with refused("referral_step_in_future", 422, "7.3"):
        noted(referral, "sent", at=after(30), happened_at=after(31))
    noted(referral, "sent", at=after(30))
    with refused("referral_step_without_reason", 422, "7.3"):
        noted(referral, "returned", at=after(40), reason="")
