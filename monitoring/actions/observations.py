"""What the four feeds bring, taken into the one store (4.1(b), 8.2(a))."""

import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.evidence import write_down
from accounts.models import Organisation
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.record import canonical_json
from audit.seals import utc
from monitoring.models import Observation, Way
from monitoring.permissions import check_actor_can_monitor
from monitoring.values import NewObservation, ObservationFate
from plan.monitoring import Feed, Helper
from plan.refusal import PlanRefusal
from reporting.models import IntakeRecord
from reporting.public_record import take_turns


@transaction.atomic
def record_observations(
    *,
    observations: Sequence[NewObservation],
    way: Way = Way.PAGE,
    intake: IntakeRecord | None = None,
    by: Actor,
    at: datetime,
) -> list[ObservationFate]:
    """Take observations, each by itself (8.2(a)): sent again, one is known; with other content, it corrects itself.

    What can't be taken is said of its row and holds up no other. Refused: without the right (403).
    """
    office = check_actor_may(by, Right.MONITOR)
    take_turns(f"observations:{office.pk}")
    latest = _latest(office, observations)
    fates, rows = [], []
    for stated in observations:
        before = latest.get((stated.feed.value, stated.reference))
        fate = _fate(stated, before, by, at)
        fates.append(fate)
        if fate.is_new:
            row = _row(stated, before, office, fate.revision, at)
            row.way, row.intake, row.recorded_by = way, intake, by.ref
            row.save(force_insert=True)
            latest[row.feed, row.reference] = row
            rows.append(row)
    if rows:
        chain = f"org:{office.code}"
        write_down("monitoring.record_observations", chain, by, at, rows=rows, count=len(rows))
    return fates


@transaction.atomic
def take_helpers_word(
    *, stated: NewObservation, helper: Helper, source: str = "", by: Actor, at: datetime
) -> Observation:
    """Take what an assistant, informant or volunteer noticed, for the county's regulator (8.2(b)); sent twice, it is one."""
    office = Organisation.objects.get(kind="county_regulator", jurisdiction=stated.area.county)
    take_turns(f"observations:{office.pk}")
    before = _latest(office, [stated]).get((stated.feed.value, stated.reference))
    if before is not None:
        return before
    _check(stated, at)
    row = _row(stated, None, office, 1, at)
    row.way, row.helper, row.source, row.recorded_by = Way.HELPER, helper.value, source, by.ref
    row.save(force_insert=True)
    write_down("monitoring.take_helpers_word", f"org:{office.code}", by, at, rows=[row])
    return row


def _latest(
    office: Organisation, observations: Iterable[NewObservation]
) -> dict[tuple[str, str], Observation]:
    named = {each.reference for each in observations}
    rows = Observation.objects.filter(organisation=office, reference__in=named).order_by("revision")
    return {(row.feed, row.reference): row for row in rows}


def _fate(stated: NewObservation, before: Observation | None, by: Actor, at: datetime) -> ObservationFate:
    named: dict[str, Any] = {"reference": stated.reference}
    if before is not None and before.fingerprint == _fingerprint(stated):
        return ObservationFate(**named, revision=before.revision)
    try:
        check_actor_can_monitor(by, stated.area)
        _check(stated, at)
    except PlanRefusal as refusal:
        return ObservationFate(**named, code=refusal.code, why=refusal.message_zh)
    return ObservationFate(**named, revision=before.revision + 1 if before else 1, is_new=True)


def _check(stated: NewObservation, at: datetime) -> None:
    if stated.occurred_at > at:
        raise PlanRefusal(_("时间不能晚于现在。"), clause="8.2", code="time_in_future")
    if (stated.feed is Feed.SAMPLING) != (stated.finding is not None):
        raise PlanRefusal(
            _("抽检监测须写检验结果，其他来源不写。"), clause="8.2", code="finding_of_sampling_alone"
        )
    if not (stated.food or stated.factor or stated.summary):
        raise PlanRefusal(_("食品、项目和情况至少写一项。"), clause="8.2", code="nothing_observed")


def _row(
    stated: NewObservation, before: Observation | None, office: Organisation, revision: int, at: datetime
) -> Observation:
    return Observation(
        **stated.said(),
        organisation=office,
        revision=revision,
        corrects=before,
        fingerprint=_fingerprint(stated),
        recorded_at=at,
    )


def _fingerprint(stated: NewObservation) -> str:
    said = {**stated.said(), "area": stated.area.code, "occurred_at": utc(stated.occurred_at)}
    return hashlib.sha256(canonical_json(said).encode()).hexdigest()
