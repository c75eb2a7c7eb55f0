"""Jixi at thirty times the pace, played by five people in five browsers; nothing of real life changes (9.2)."""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from audit.models import AuditEvent
from audit.verify import verify
from audit.worlds import entered
from drills.models import Drill, PlayedStep
from drills.worlds import latest_turn, world_of
from incidents.models import Incident
from outbox.models import Contact, Message
from readiness.models import HeldDrill
from reporting.models import Obligation
from tests.support.checksums import KEPT_ON_REFUSAL, table_checksums
from tests.support.drills import FIVE, Player, begin, leads_out, tick, typed_there, world
from tests.support.people import organisation

DRILLS_OWN = frozenset(
    {
        "drills_drill",
        "drills_drillturn",
        "drills_drilljoining",
        "drills_injectreceipt",
        "drills_drillrefusal",
        "drills_drillscore",
        "drills_drillworld",
        # Held, and its evaluation owed (A42).
        "readiness_helddrill",
        # Its one chain of the log, looked at by itself.
        "audit_auditevent",
        "audit_chainhead",
    }
)
SEALED_OFF = KEPT_ON_REFUSAL | DRILLS_OWN


@pytest.fixture
def ready(committed_db: str, template_db: str) -> Iterator[str]:
    name = f"{committed_db.rpartition('/')[2].partition('?')[0]}_drill_1"
    with world(template_db, name):
        yield name


@dataclass
class Played:
    """The drill, its players by office, and the number of its incident."""

    drill: Drill
    five: dict[str, Player]
    number: str = ""

    @property
    def director(self) -> Player:
        return self.five["330212-fso"]

    def direct(self, act: str, player: Player | None = None, **said: str) -> None:
        answer = (player or self.director).client.post(f"/drills/{self.drill.pk}/{act}/", said)
        assert answer.status_code == 302, answer.text

    def on_to_the_next(self) -> None:
        tick()
        self.direct("skip")
        tick()


CALL = {"bearer": "330212-gov", "recipient": "city-duty", "leg": "phone", "receiver": "值班员"}
SEAL = {"object": "food", "place": "家庭厨房", "quantity": "2千克", "legal_basis": "食品安全法第一百零五条"}


@pytest.mark.clause(189)
def test_jixi_is_played_by_five_at_thirty_times_the_pace_and_nothing_real_changes(ready: str) -> None:
    five = {office: Player(office) for office in FIVE}
    before, last = table_checksums(SEALED_OFF), AuditEvent.objects.latest("pk").pk
    played = Played(begin(five["330212-fso"].client), five)
    all_join_and_are_told(played)
    the_hospital_reports_and_food_is_sealed(played)
    somebody_dies_and_the_hours_begin(played)
    nobody_acts_while_the_clock_stands(played)
    the_hours_run_out_and_it_ends(played)
    the_score_says_who_did_what_when(played)
    # Of real life nothing changed but the drill's own record, which the log vouches for.
    assert table_checksums(SEALED_OFF) == before
    chains = AuditEvent.objects.filter(pk__gt=last).exclude(action="readiness.record_drill")
    assert set(chains.values_list("chain", flat=True)) == {played.drill.chain}
    assert not Incident.objects.exists()
    assert verify().breaks == []
    everything_lies_in_its_own_world(played)


def all_join_and_are_told(played: Played) -> None:
    drill, five = played.drill, played.five
    for player in five.values():
        player.prefix = f"/drills/{drill.pk}/world/"
        assert player.client.get(player.prefix).status_code == 403
        played.direct("join", player)
    regulator, city = five["330212-regulator"], five["city-fso"]
    assert "医院来电" in regulator.told(drill)
    assert "医院来电" not in city.told(drill)
    note = f"/drills/{drill.pk}/injects/1/"
    assert regulator.client.post(note).status_code == 302
    assert city.client.post(note).status_code == 404


def the_hospital_reports_and_food_is_sealed(played: Played) -> None:
    played.on_to_the_next()
    with entered(world_of(played.drill, latest_turn(played.drill))):
        number = played.number = Incident.objects.get().number
    assert number.startswith("YL")
    for player in played.five.values():
        player.number = number
    regulator = played.five["330212-regulator"]
    for page in (
        "",
        "board/",
        "incidents/",
        f"incidents/{number}/",
        f"incidents/{number}/measures/",
        "inbox/",
    ):
        shown = regulator.get(page)
        assert "【演练】" in shown, page
        assert "30 倍速" in shown, page
        assert leads_out(shown, regulator.prefix) == [], page
    assert number not in regulator.client.get("/incidents/").text
    said = {"order_number": "鄞市监封1号", "done_at": typed_there(regulator)}
    regulator.act("measures/seal/", SEAL | said)


def somebody_dies_and_the_hours_begin(played: Played) -> None:
    """Suspected first, then the first death: below Ⅳ becomes Ⅲ (2.3(2), 5.1(8))."""
    health, gov, city = (played.five[office] for office in ("330212-health", "330212-gov", "city-fso"))
    played.on_to_the_next()
    health.state("suspect_agent", "", other="黄曲霉毒素")
    played.on_to_the_next()
    health.state("death_count", "1", count_kind="total")
    gov.act("deliveries/", CALL | {"received_at": typed_there(gov)})
    # Without an assessment and a reason the level is not fixed; with one it is.
    city.act("confirm/", {"level": "III"}, 422)
    city.act("confirm/", {"level": "III", "reason": "初步评估，书面后补"})


def nobody_acts_while_the_clock_stands(played: Played) -> None:
    gov = played.five["330212-gov"]
    played.direct("pause")
    stood = latest_turn(played.drill)
    gov.act("deliveries/", CALL | {"received_at": typed_there(gov)}, 409)
    tick()
    played.direct("resume")
    assert latest_turn(played.drill).shown_at == stood.shown_at


def the_hours_run_out_and_it_ends(played: Played) -> None:
    played.on_to_the_next()
    played.on_to_the_next()
    early = played.director.client.post(f"/drills/{played.drill.pk}/end/", {"reason": ""})
    assert early.status_code == 422
    played.direct("end", reason="时间所限")
    gov = played.five["330212-gov"]
    gov.act("deliveries/", CALL | {"received_at": typed_there(gov)}, 409)


def the_score_says_who_did_what_when(played: Played) -> None:
    content = played.drill.score.content
    states = {(leg["recipient"], leg["label"]): leg["state"] for leg in content["legs"]}
    assert [states[key] for key in states if key[0] == "city-duty"].count("in_time") == 1
    assert [states[key] for key in states if key[0] == "city-fso"].count("missed") == 2
    acts = {(act["office"], act["said"]): act["state"] for act in content["acts"]}
    assert acts["330212-regulator", "封存剩余的酸汤子和原料"] == "in_time"
    assert acts["330212-health", "组织医疗救治"] == "missed"
    assert acts["city-fso", "核定级别"] == "in_time"
    assert [(office, clause) for _at, office, clause, _why in content["refusals"]] == [("city-fso", "6.1")]
    assert content["receipts"][0][:2] == [1, "330212-regulator"]
    assert 0 < content["points"] < 100
    held = HeldDrill.objects.not_evaluated().get()
    assert held.organiser == played.drill.holder == organisation("330212-regulator")
    assert (held.kind, held.people) == ("special", 5)
    assert held.participants.count("、") == 4
    shown = played.director.told(played.drill)
    assert "被拒绝的操作" in shown
    assert f"{content['points']} 分" in shown


def everything_lies_in_its_own_world(played: Played) -> None:
    with entered(world_of(played.drill, latest_turn(played.drill))):
        assert Obligation.objects.filter(incident__number=played.number).exists()
        assert Message.objects.exists()
        assert not Message.objects.filter(drill=False).exists()
        assert all(title.startswith("【演练】") for title in Message.objects.values_list("title", flat=True))
        assert not Contact.objects.exists()
        assert PlayedStep.objects.count() == 1
        assert verify().breaks == []


def test_a_drill_whose_database_is_gone_stops_nothing_of_real_life(
    committed_db: str, template_db: str, caplog: pytest.LogCaptureFixture
) -> None:
    name = f"{committed_db.rpartition('/')[2].partition('?')[0]}_drill_1"
    with world(template_db, name):
        drill = begin(Player("330212-regulator").client)
        assert tick() == 1
    assert tick() == 0
    assert f"drill {drill.pk} can't be played" in caplog.text
    assert not Incident.objects.exists()
