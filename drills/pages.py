"""What the pages about drills show, in real life: the list, one drill, the bar over its world's pages (预案 9.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Prefetch

from accounts.actors import Actor
from accounts.models import Organisation
from audit.worlds import World
from drills.models import Drill, DrillTurn, InjectReceipt, TurnKind
from drills.permissions import may_hold, visible_drills
from drills.scripts import Inject, Script, script_of
from drills.worlds import latest_turn, world_of
from readiness.models import DrillEvaluation

LISTED = 100


@dataclass(frozen=True, slots=True)
class Listed:
    """One drill in the list."""

    drill: Drill
    state: str
    tag: str
    points: int | None


@dataclass(frozen=True, slots=True)
class Told:
    """One inject as an office sees it: when, to whom, whether it took note; by when it is expected to act."""

    inject: Inject
    offices: Sequence[str]
    is_own: bool
    is_ahead: bool
    noted: Sequence[str]
    is_noted: bool


@dataclass(frozen=True, slots=True)
class DrillPage:
    """One drill for one office."""

    drill: Drill
    turn: DrillTurn
    world: World
    shown_at: datetime
    script: Script
    role: str
    directs: bool
    has_joined: bool
    told: Sequence[Told]
    joined: Sequence[str]
    roles: Sequence[tuple[str, str]]

    @property
    def is_over(self) -> bool:
        """Whether the drill has ended."""
        return self.turn.kind == TurnKind.END

    @property
    def is_played_out(self) -> bool:
        """Whether the script has nothing more to come."""
        return self.shown_at >= self.script.ends

    @property
    def waiting(self) -> int:
        """How many injects the office has still to take note of."""
        return (
            0
            if self.is_over
            else sum(each.is_own and not each.is_noted and not each.is_ahead for each in self.told)
        )


def drill_list(actor: Actor) -> list[Listed]:
    """Return the latest drills an office may see; three queries."""
    turns = Prefetch("turns", DrillTurn.objects.order_by("pk"))
    rows = visible_drills(actor).select_related("county", "holder", "score").prefetch_related(turns)
    return [_listed(drill) for drill in rows.order_by("-pk")[:LISTED]]


def drill_page(actor: Actor, drill: Drill, *, at: datetime) -> DrillPage:
    """Return one drill as an office sees it: whoever directs it sees what is still to come."""
    turn, script = latest_turn(drill), script_of(drill)
    shown = turn.pace.shown(at)
    directs = may_hold(actor) and actor.organisation is not None and _regulates(actor, drill)
    names = dict(Organisation.objects.values_list("code", "name"))
    noted: dict[int, list[str]] = {}
    for inject, office in InjectReceipt.objects.filter(drill=drill).values_list("inject", "office"):
        noted.setdefault(inject, []).append(office)
    told = [_told(each, actor.office, names, noted.get(each.number, []), shown) for each in script.injects]
    return DrillPage(
        drill=drill,
        turn=turn,
        world=world_of(drill, turn),
        shown_at=shown,
        script=script,
        role=script.story.roles.get(actor.office, ""),
        directs=directs,
        has_joined=drill.joinings.filter(office=actor.office, by=actor.ref).exists(),
        told=[each for each in told if directs or (each.is_own and not each.is_ahead)],
        joined=sorted(names.get(code, code) for code in set(drill.joinings.values_list("office", flat=True))),
        roles=[(names.get(code, code), card) for code, card in script.story.roles.items()],
    )


def kept_score(drill: Drill) -> dict[str, Any]:
    """Return what came of a drill, with instants for people to read and offices by name."""
    content = drill.score.content
    names: Mapping[str, str] = content["names"]

    def read(row: Mapping[str, Any]) -> dict[str, Any]:
        return {name: _read(name, value, names) for name, value in row.items()}

    rows = {name: [read(row) for row in content[name]] for name in ("legs", "acts", "injects")}
    told = {(inject, office) for inject, office, _at in content["receipts"]}
    for row, raw in zip(rows["injects"], content["injects"], strict=True):
        row["missed"] = [names.get(each, each) for each in raw["to"] if (raw["number"], each) not in told]
    return {
        **rows,
        "is_evaluated": DrillEvaluation.objects.filter(drill=drill.score.held).exists(),
        "points": content["points"],
        "until": datetime.fromisoformat(content["shown_until"]),
        "deeds": [
            (datetime.fromisoformat(at), names.get(who, who), what) for at, who, what in content["deeds"]
        ],
        "steps": [(datetime.fromisoformat(at), outcome, said) for at, outcome, said in content["steps"]],
        "refusals": [
            (datetime.fromisoformat(at), names.get(who, who), clause, reason)
            for at, who, clause, reason in content["refusals"]
        ],
        "joined": [names.get(each, each) for each in content["joined"]],
    }


def _read(name: str, value: Any, names: Mapping[str, str]) -> Any:
    if name.endswith("_at") or name == "at":
        return datetime.fromisoformat(value) if value else None
    if name in {"bearer", "recipient", "office"}:
        return names.get(value, value)
    return [names.get(each, each) for each in value] if name == "to" else value


def _listed(drill: Drill) -> Listed:
    turn = list(drill.turns.all())[-1]
    if turn.kind == TurnKind.END:
        return Listed(drill, "ended", "", drill.score.content["points"])
    return Listed(drill, *(("runs", "tag-run") if turn.factor else ("paused", "tag-warn")), None)


def _regulates(actor: Actor, drill: Drill) -> bool:
    own = actor.organisation
    return own is not None and own.jurisdiction_id == drill.holder.jurisdiction_id


def _told(
    inject: Inject, office: str, names: Mapping[str, str], noted: Sequence[str], shown: datetime
) -> Told:
    return Told(
        inject=inject,
        offices=[names.get(each, each) for each in inject.tell.to],
        is_own=office in inject.tell.to,
        is_ahead=inject.at > shown,
        noted=[names.get(each, each) for each in noted],
        is_noted=office in noted,
    )
