"""The command board and its pages: whole at first, then refreshed in one part by the live feed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from accounts.permissions import check_actor_may, own_county
from accounts.requests import ActorRequest
from accounts.rights import Right
from audit.clock import database_now
from response.board import board_for
from response.situation.boards import clock_board, county_board, work_board
from response.views.kept import kept


@dataclass(frozen=True, slots=True)
class Part:
    """One page of the board: its moving part, and what that shows."""

    template: str
    page: str
    read: Callable[..., object]


PARTS: Final = {
    "live": Part("response/board/_live.html", "response/board/board.html", board_for),
    "clocks": Part("response/board/_gantt.html", "response/board/clocks.html", clock_board),
    "counties": Part("response/board/_counties.html", "response/board/counties.html", county_board),
    "work": Part("response/board/_work.html", "response/board/work.html", work_board),
}


@require_safe
@never_cache
@login_required
def board(request: ActorRequest, part: str = "live") -> HttpResponse:
    """Show a whole page of the board."""
    check_actor_may(request.actor, Right.SEE_BOARD)
    own = PARTS[part]
    context = {"board": own.read(request.actor, at=database_now()), "section": "board", "part": part}
    return render(request, own.page, context)


@require_safe
@never_cache
@login_required
def board_part(request: ActorRequest, part: str) -> HttpResponse:
    """Show a part as it is now.

    It is kept by county, none for the city: all that decides what a board shows, so that what one county sees is never
    shown to another.
    """
    check_actor_may(request.actor, Right.SEE_BOARD)
    if part not in PARTS:
        raise Http404
    own = PARTS[part]

    def fresh() -> str:
        return render_to_string(own.template, {"board": own.read(request.actor, at=database_now())})

    county = own_county(request.actor)
    return kept(request, (part, county.code if county else None), fresh)
