"""The calendar of important events for tests, kept by the office that keeps it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from incidents.models import Incident
from reporting.actions.channels import declare_channel, record_attempt
from reporting.actions.events import EventDraft, cancel_event, change_event, enter_event
from reporting.actions.excuses import lodge_oral_explanation
from reporting.models import (
    CallAttempt,
    DeclaredChannel,
    EventScope,
    Ground,
    ImportantEvent,
    Obligation,
    OralExplanation,
)
from tests.support.clocks import COUNTY, DUTY_ROOM, after, armed, deliver
from tests.support.people import actor, organisation
from tests.support.reports import YINZHOU, county, minutes


def draft(start: float = 0, end: float = 600, *areas: str, **more: Any) -> EventDraft:
    """An event from one minute after noon to another, in these counties or the whole city."""
    given: dict[str, Any] = {
        "name": "全国运动会",
        "scope": EventScope.NATIONAL,
        "starts_at": after(start),
        "ends_at": after(end),
        "counties": tuple(county(area) for area in areas),
    }
    return EventDraft(**given | more)


def event(
    start: float = 0, end: float = 600, *areas: str, at: datetime | None = None, **more: Any
) -> ImportantEvent:
    """An event in the calendar, entered a day before noon unless `at` says otherwise."""
    return enter_event(
        draft=draft(start, end, *areas, **more), by=actor("city-fso"), at=at or after(-24 * 60)
    )


def change(found: ImportantEvent, said: EventDraft, at: datetime, reason: str = "日程调整") -> ImportantEvent:
    """The entry as it is changed at a moment."""
    return change_event(event=found, draft=said, reason=reason, by=actor("city-fso"), at=at)


def cancel(found: ImportantEvent, at: datetime, reason: str = "活动改期") -> ImportantEvent:
    """The entry as it is cancelled at a moment."""
    return cancel_event(event=found, reason=reason, by=actor("city-fso"), at=at)


def under_event(found: Incident) -> list[Obligation]:
    """The armed clocks of the second limb."""
    return [each for each in armed(found) if each.ground == Ground.SECOND_LIMB]


def starts(found: Incident) -> set[tuple[datetime, datetime]]:
    """Since when the clocks of the second limb run, at the earliest and at the latest."""
    return {(each.anchor_earliest, each.anchor_latest) for each in under_event(found)}


def kept_for_doors(found: Incident, *, at: datetime) -> dict[str, int]:
    """What there is to be changed, by the name of its door: an event that holds an incident, and what was said of it."""
    kept = event(
        -60, 600, YINZHOU, at=at, starts_at=at - minutes(600), ends_at=at, place_name=found.place_text
    )
    (told,) = explain(found, at, [DUTY_ROOM])
    came = deliver(found, at, channel="某某群")
    return {
        "reporting:new_channel": organisation(DUTY_ROOM).pk,
        "reporting:drop_channel": declared("紧急信息报送系统", at=at).pk,
        "reporting:review_channel": came.channel_review.pk,
        "reporting:event": kept.pk,
        "reporting:cancel_event": kept.pk,
        "reporting:retract_explanation": told.pk,
        "reporting:retract_attempt": tried(found, at).pk,
    }


def explain(found: Incident, at: datetime, to: Sequence[str]) -> list[OralExplanation]:
    """The county government explains to these recipients why its written report can't come in time."""
    return lodge_oral_explanation(
        incident=found,
        bearer=organisation(COUNTY),
        recipients=[organisation(code) for code in to],
        lodged_at=at,
        reason="现场无网络",
        receiver="值班员甲",
        by=actor("330212-regulator"),
        at=at,
    )


def tried(found: Incident, at: datetime, to: str = DUTY_ROOM) -> CallAttempt:
    """The county government calls a recipient, and nobody answers."""
    return record_attempt(
        incident=found,
        bearer=organisation(COUNTY),
        recipient=organisation(to),
        attempted_at=at,
        by=actor("330212-regulator"),
        at=at,
    )


def declared(name: str, *, by: str = DUTY_ROOM, at: datetime, **more: Any) -> DeclaredChannel:
    """A channel that an office declared for itself."""
    return declare_channel(organisation=organisation(by), name=name, by=actor(by), at=at, **more)
