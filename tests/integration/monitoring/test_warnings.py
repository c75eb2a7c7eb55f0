"""A warning: signed by every issuer, sent, answered, gone on from and lifted by its issuers alone (4.2, A44)."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse

from audit.verify import verify
from monitoring.actions.answers import answer_warning, confirm_warning
from monitoring.actions.issuing import sign_warning
from monitoring.actions.warnings import begin_warning, draft_bulletin, drop_draft
from monitoring.models import Bulletin, BulletinKind, FoodWarning, Sharing, WarningState
from monitoring.values import WarningBasis
from monitoring.waiting import monitoring_waits
from monitoring.warning_page import warning_page
from outbox.models import Message
from plan.monitoring import LiftGround
from tests.support.monitoring import (
    GOVERNMENT,
    HEALTH,
    REGULATOR,
    area,
    colleague,
    drafted,
    go_on,
    issued,
    text,
)
from tests.support.people import actor, login, organisation
from tests.support.refusals import refused
from tests.support.reports import HAISHU, NOON

pytestmark = pytest.mark.django_db
CITY = "city-regulator"


def waiting(office: str) -> list[str]:
    return [each.key.rpartition("-")[2] for each in monitoring_waits(actor(office), NOON)]


def state(warning: FoodWarning) -> str:
    return str(FoodWarning.objects.get(pk=warning.pk).state)


@pytest.mark.clause(85)
def test_nothing_leaves_before_another_than_the_writer_has_signed() -> None:
    warning = drafted()
    assert waiting(REGULATOR) == ["sign"]
    with refused("preparer_signs", 422, "4.2.1"):
        sign_warning(warning=warning, by=colleague(REGULATOR), at=NOON)
    with refused("draft_changed", 409, "4.2.1"):
        sign_warning(warning=warning, seen="0" * 64, by=actor(REGULATOR), at=NOON)
    assert not Message.objects.filter(kind="warning_issued").exists()
    sign_warning(warning=warning, by=actor(REGULATOR), at=NOON)
    assert state(warning) == WarningState.IN_FORCE
    told = Message.objects.filter(kind="warning_issued", channel="inapp")
    assert {each.recipient for each in told} == {HEALTH, GOVERNMENT}
    receivers = [each.receiver.code if each.receiver else "public" for each in Sharing.objects.order_by("pk")]
    assert sorted(receivers) == sorted([HEALTH, GOVERNMENT, "public"])
    assert verify().breaks == []


@pytest.mark.clause(83)
def test_a_joint_warning_waits_for_every_issuer_and_a_change_asks_for_all_signatures_anew() -> None:
    warning = drafted(partners=(organisation(CITY),))
    sign_warning(warning=warning, by=actor(REGULATOR), at=NOON)
    assert (state(warning), waiting(CITY), waiting(REGULATOR)) == (WarningState.DRAFT, ["sign"], [])
    changed = text(headline="谨慎食用生腌", partners=(organisation(CITY),))
    draft_bulletin(warning=warning, kind=BulletinKind.ALERT, text=changed, by=colleague(REGULATOR), at=NOON)
    sign_warning(warning=warning, by=actor(CITY), at=NOON)
    assert state(warning) == WarningState.DRAFT
    sign_warning(warning=warning, by=actor(REGULATOR), at=NOON)
    bulletin = Bulletin.objects.get()
    assert (bulletin.content["headline"], bulletin.content["issuers"]) == ("谨慎食用生腌", [REGULATOR, CITY])
    page = warning_page(FoodWarning.objects.get(), actor(CITY))
    assert len(page.bulletins[0].signers) == 2


@pytest.mark.clause(83, 85)
def test_only_regulators_warn_alone_or_together_of_their_own_area() -> None:
    basis, by, health = WarningBasis(), colleague(REGULATOR), colleague(HEALTH)
    with refused("not_a_regulator", 403, "4.2.1"):
        begin_warning(text=text(), basis=basis, by=health, at=NOON)
    with refused("partner_not_a_regulator", 422, "4.2.1"):
        begin_warning(text=text(partners=(organisation(HEALTH),)), basis=basis, by=by, at=NOON)
    with refused("area_of_others", 422, "4.2.1"):
        begin_warning(text=text(areas=(area(HAISHU),)), basis=basis, by=by, at=NOON)
    with refused("analysis_missing", 422, "4.2.1"):
        begin_warning(text=text(trend=" "), basis=basis, by=by, at=NOON)
    with refused("no_audience", 422, "4.2.1"):
        begin_warning(text=text(departments=(), is_public=False), basis=basis, by=by, at=NOON)


@pytest.mark.clause(86)
def test_each_recipient_signs_for_it_and_says_what_it_did() -> None:
    warning = issued()
    assert waiting(HEALTH) == ["confirm", "act"]
    first = confirm_warning(warning=warning, by=actor(HEALTH), at=NOON)
    assert confirm_warning(warning=warning, by=actor(HEALTH), at=NOON + timedelta(hours=1)) == first
    assert waiting(HEALTH) == ["act"]
    other = actor(f"{HAISHU}-regulator")
    with refused("not_a_recipient", 403, "4.2.1"):
        answer_warning(warning=warning, words="检查", by=other, at=NOON)
    with refused("time_in_future", 422, "4.2.1"):
        answer_warning(
            warning=warning, words="检查", done_at=NOON + timedelta(seconds=1), by=actor(HEALTH), at=NOON
        )
    answer_warning(warning=warning, words="加强监测", by=actor(HEALTH), at=NOON)
    answer_warning(warning=warning, words="下架", by=actor(REGULATOR), at=NOON)
    assert waiting(HEALTH) == []
    page = warning_page(warning, actor(REGULATOR))
    found = {each.office.code: (each.received_at, len(each.measures)) for each in page.recipients}
    assert found == {HEALTH: (NOON, 1), GOVERNMENT: (None, 0)}
    assert [each.words for each in page.issuers_measures] == ["下架"]


@pytest.mark.clause(87)
def test_an_update_is_its_issuers_and_reaches_all_who_were_warned() -> None:
    warning = issued()
    said = text()
    for other in (actor(f"{HAISHU}-regulator"), actor(CITY)):
        with refused("not_the_issuer", 403, "4.2.2"):
            draft_bulletin(warning=warning, kind=BulletinKind.UPDATE, text=said, by=other, at=NOON)
    go_on(warning, BulletinKind.UPDATE, at=NOON, departments=(organisation(CITY),), is_public=False)
    latest = Bulletin.objects.latest("serial")
    assert latest.content["departments"] == [HEALTH, GOVERNMENT, CITY]
    assert latest.is_public
    # The receipt of the warning itself is none of the update.
    assert waiting(GOVERNMENT) == ["confirm", "act"]


@pytest.mark.clause(88)
def test_it_is_lifted_by_its_issuer_on_a_judgement_and_then_is_over() -> None:
    warning, by = issued(), colleague(REGULATOR)
    for missing in (
        {"ground": None, "judgement": "好转"},
        {"ground": LiftGround.ELIMINATED, "judgement": " "},
    ):
        with refused("judgement_missing", 422, "4.2.2"):
            draft_bulletin(warning=warning, kind=BulletinKind.LIFT, text=text(**missing), by=by, at=NOON)
    go_on(warning, BulletinKind.LIFT, at=NOON)
    assert state(warning) == WarningState.LIFTED
    assert Bulletin.objects.latest("serial").content["ground"] == LiftGround.CONTROLLED
    with refused("warning_not_so_far", 409, "4.2.2"):
        draft_bulletin(warning=warning, kind=BulletinKind.UPDATE, text=text(), by=by, at=NOON)


def test_a_draft_given_up_ends_a_warning_that_was_never_issued_and_no_other() -> None:
    warning = drafted()
    drop_draft(warning=warning, reason="复检合格", by=actor(REGULATOR), at=NOON)
    assert state(warning) == WarningState.DROPPED
    standing = issued()
    draft_bulletin(warning=standing, kind=BulletinKind.UPDATE, text=text(), by=colleague(REGULATOR), at=NOON)
    drop_draft(warning=standing, reason="暂不更新", by=actor(REGULATOR), at=NOON)
    assert state(standing) == WarningState.IN_FORCE


@pytest.mark.clause(85, 87, 88)
def test_from_the_form_to_the_lifting_by_clicks(client: Client) -> None:
    login(client, REGULATOR)
    said = {
        "headline": "谨慎食用凉拌海蜇",
        "harm": "急性胃肠炎",
        "trend": "可能继续出现",
        "stream": "disease",
        "areas": ["330212"],
        "departments": [HEALTH],
        "is_public": "on",
    }
    missing = client.post(reverse("monitoring:new_warning"), said | {"harm": ""})
    assert (missing.status_code, FoodWarning.objects.exists()) == (422, False)
    page = client.post(reverse("monitoring:new_warning"), said, follow=True)
    warning = FoodWarning.objects.get()
    assert "拟稿人以外的人签发" in page.content.decode()
    sign_warning(warning=warning, by=colleague(REGULATOR), at=NOON)
    lift = f"{reverse('monitoring:draft_bulletin', args=[warning.pk])}?kind=lift"
    form = client.get(lift).context["form"]
    assert ("harm" in form.fields, form.initial["departments"]) == (False, [HEALTH])
    client.post(lift, said | {"ground": "eliminated", "judgement": "同批次已销毁"})
    seen = client.get(reverse("monitoring:warning", args=[warning.pk])).context["shown"].sha256
    sign_warning(warning=warning, seen=seen, by=colleague(REGULATOR), at=NOON)
    assert state(warning) == WarningState.LIFTED
