"""The live feed's inside: whom a change is told, and what a stream that fell behind is told."""

import pytest

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import RIGHTS
from incidents.selectors import visible_incidents
from plan.refusal import PlanRefusal
from response.live.hub import QUEUE_LENGTH, Event, Hub, News, Scope, Watcher
from response.live.scopes import audiences, scope_of
from tests.support.people import actor
from tests.support.reports import HAISHU, YINZHOU, incident

CITY = "city-fso"


def test_a_slow_stream_is_told_to_look_at_everything_again() -> None:
    hub = Hub()
    hub.hears()
    slow = Watcher(Scope("user:1", CITY, None))
    hub.watchers.add(slow)
    for _ in range(QUEUE_LENGTH):
        hub.changed(News({"NB2026-0001": frozenset({1})}))
    assert slow.queue.qsize() == QUEUE_LENGTH
    hub.changed(News({"NB2026-0002": frozenset({1})}))
    assert slow.queue.get_nowait() == Event(
        "resync", {"v": hub.version, "incidents": ["NB2026-0002"], "own": False}
    )
    assert slow.queue.empty()


def test_a_process_that_hears_nothing_vouches_for_no_version() -> None:
    hub = Hub()
    assert hub.version is None
    hub.hears()
    heard = hub.version
    hub.hears_nothing()
    assert hub.version is None
    hub.hears()
    assert hub.version not in {None, heard}


@pytest.mark.django_db
def test_whom_the_feed_tells_is_whom_the_pages_show() -> None:
    numbers = [incident(area=area, place_text=area).number for area in (YINZHOU, HAISHU)]
    told = audiences(numbers)
    by_kind = {
        f"{kind} {code[:6]}": code
        for code, kind in Organisation.objects.order_by("-code").values_list("code", "kind")
    }
    assert len(by_kind) > len(RIGHTS)
    for code in by_kind.values():
        by = actor(code)
        seen = set(visible_incidents(by).values_list("number", flat=True))
        assert {number for number in numbers if hears(by, told[number])} == seen, code


def hears(by: Actor, counties: frozenset[int]) -> bool:
    """Whether this office's stream would be told."""
    try:
        return scope_of(by).may_hear(counties)
    except PlanRefusal:
        return False
