"""The responses that run: who commands, how the six groups stand, what waits for a decision (3.1, 3.4, 6.2, 6.4)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from accounts.actors import Actor
from incidents.models import IncidentStatus
from incidents.selectors import visible_incidents
from plan.groups import GROUPS
from plan.groups import WorkingGroup as Preset
from response.models import (
    CommanderAppointment,
    Decision,
    Headquarters,
    Response,
    ResponseState,
    WorkingGroup,
)
from response.policies.rounds import unanswered_applications
from response.selectors.groups import due_of
from response.selectors.running import decisions_of_each


@dataclass(frozen=True, slots=True)
class Cell:
    """One of the six groups in one response: not set up, or set up with a lead and perhaps a report due."""

    preset: Preset | None
    group: WorkingGroup | None
    reported_at: datetime | None = None
    due_at: datetime | None = None
    is_overdue: bool = False


@dataclass(frozen=True, slots=True)
class ResponseNow:
    """One running response; `others` are groups of headquarters' own making."""

    response: Response
    headquarters: Headquarters
    commander: CommanderAppointment | None
    cells: Sequence[Cell]
    others: Sequence[Cell]


def responses_now(actor: Actor, at: datetime) -> list[ResponseNow]:
    """Return the responses that run in what an actor sees, the latest first; three queries."""
    found = Headquarters.objects.filter(
        response__state=ResponseState.ACTIVE, response__incident__in=visible_incidents(actor)
    ).select_related("response__incident__county", "response__county", "body", "office")
    commands = list(found.order_by("-response__activated_at", "-pk"))
    named = CommanderAppointment.objects.filter(headquarters__in=commands).order_by("pk")
    commanders = {
        each.headquarters_id: each for each in named.select_related("holding__user", "holding__organisation")
    }
    cells = _cells(commands, at)
    return [_row(each, commanders.get(each.pk), cells[each.pk]) for each in commands]


def applications_waiting(actor: Actor) -> list[Decision]:
    """Return the applications to start a response that no government has answered, the longest waiting first (6.2)."""
    seen = visible_incidents(actor).filter(status=IncidentStatus.OPEN).values_list("pk", flat=True)
    decided = decisions_of_each(seen).values()
    waiting = [row for decisions in decided for row in unanswered_applications(decisions)]
    return sorted(waiting, key=lambda row: (row.recorded_at, row.pk))


def _cells(commands: Iterable[Headquarters], at: datetime) -> dict[int, list[Cell]]:
    presets = {preset.group.value: preset for preset in GROUPS}
    standing = WorkingGroup.objects.filter(headquarters__in=list(commands), stood_down_at__isnull=True)
    found: dict[int, list[Cell]] = defaultdict(list)
    for due in due_of(standing.select_related("lead").order_by("pk")):
        found[due.group.headquarters_id].append(
            Cell(
                presets.get(due.group.group),
                due.group,
                due.group.last_report_at,  # type: ignore[attr-defined]  # annotated by `due_of`
                due.due_at,
                due.is_overdue(at),
            )
        )
    return found


def _row(command: Headquarters, commander: CommanderAppointment | None, cells: Sequence[Cell]) -> ResponseNow:
    set_up = {cell.group.group: cell for cell in cells if cell.group is not None and cell.group.group}
    return ResponseNow(
        response=command.response,
        headquarters=command,
        commander=commander,
        cells=[set_up.get(preset.group.value, Cell(preset, None)) for preset in GROUPS],
        others=[cell for cell in cells if cell.group is not None and not cell.group.group],
    )
