"""May this measure be recorded now, as it is said? Each check raises the reason and its clause (6.3)."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from incidents.models import Incident
from incidents.places import normalise
from incidents.policies import check_is_open
from plan.records import RecordKind
from plan.refusal import PlanRefusal
from response.models import MeasureRecord
from response.policies import publishing, samples
from response.policies.said import check_says_enough


@dataclass(frozen=True, slots=True)
class Said:
    """What a record is to say; `before` are the records of the incident that stand."""

    spec: RecordKind
    incident: Incident
    before: Sequence[MeasureRecord]
    about: MeasureRecord | None
    details: Mapping[str, Any]
    note: str
    official: str
    done_at: datetime


def check_can_begin(spec: RecordKind, incident: Incident, before: Sequence[MeasureRecord]) -> None:
    """Raise a refusal unless such a record can be made at all now: what greys its button (6.3, A35, A60).

    Nothing waits for activation or for groups; a regulator's warning waits for nothing.
    """
    if spec.code == "food_warning":
        return
    check_is_open(incident)
    if spec.code in _EVIDENCE_FIRST:
        _check_evidence_secured(spec, before, None)


def check_can_take(said: Said, *, at: datetime) -> None:
    """Raise a refusal unless the record may be made as it is said (6.3)."""
    check_can_begin(said.spec, said.incident, said.before)
    _check_follows(said)
    if said.about is not None:
        check_can_continue(said.spec, said.about, steps_after(said.about, said.before), said.done_at)
    check_says_enough(said.spec, said.details, note=said.note, official=said.official)
    if said.done_at > at:
        raise PlanRefusal(
            _("采取措施的时间不能晚于现在。"), clause=said.spec.clause, code="measure_in_future"
        )
    if said.spec.code in _GUARDS:
        _GUARDS[said.spec.code](said)


def check_can_continue(
    spec: RecordKind, about: MeasureRecord, steps: Sequence[MeasureRecord], done_at: datetime
) -> None:
    """Raise a refusal unless this step may come after those taken so far: what greys a step's button (6.3)."""
    if spec.code in _CONTINUING:
        _CONTINUING[spec.code](about, steps, done_at)


def steps_after(about: MeasureRecord, before: Sequence[MeasureRecord]) -> list[MeasureRecord]:
    """Return the steps of a record, in order."""
    return [one for one in before if one.about_id == about.pk]


def check_can_retract(
    record: MeasureRecord, *, is_retracted: bool, followed: Sequence[MeasureRecord], reason: str
) -> None:
    """Raise a refusal unless the record still stands with nothing after it (409) and a reason is given (422) (5.1)."""
    if not reason.strip():
        raise PlanRefusal(_("撤回须写明理由。"), clause="5.1", code="retraction_without_reason")
    if is_retracted or record.retracts_id is not None:
        raise PlanRefusal(_("这条记录已被撤回。"), clause="5.1", code="measure_already_retracted", status=409)
    if followed:
        raise PlanRefusal(
            _("其后已有“%s”，不能撤回。") % followed[0].spec.label_zh,
            clause="5.1",
            code="measure_has_steps",
            status=409,
            next_step=_("请先撤回后面的记录。"),
        )


def _check_follows(said: Said) -> None:
    """Raise a refusal unless the record continues one of the kinds it must, of this incident, that stands."""
    if not said.spec.follows and said.about is None:
        return
    if said.about is not None and said.about.kind in said.spec.follows and said.about in said.before:
        return
    raise PlanRefusal(
        _("“%s”须接在有效的原记录之后登记。") % said.spec.label_zh,
        clause=said.spec.clause,
        code="measure_follows_nothing",
        next_step=_("请从原记录进入登记。"),
    )


def _check_evidence_secured(spec: RecordKind, before: Sequence[MeasureRecord], place: str | None) -> None:
    """Raise a refusal (409) unless evidence at the place, any place if None, was taken or waived before (A35)."""
    secured = [one for one in before if one.kind in {"evidence_taken", "evidence_waived"}]
    if any(place is None or normalise(one.details["place"]) == normalise(place) for one in secured):
        return
    names = "、".join(one.details["place"] for one in secured)
    raise PlanRefusal(
        _("“%(what)s”前须先采样取证，或说明免除的理由。已登记的地点：%(places)s。")
        % {"what": spec.label_zh, "places": names or _("无")},
        clause=spec.clause,
        code="evidence_first",
        status=409,
        next_step=_("请先登记“采样取证完成”或“免除采样取证”，地点写法一致。"),
    )


def _check_evidence_here(said: Said) -> None:
    _check_evidence_secured(said.spec, said.before, said.details["place"])


def _check_recall(said: Said) -> None:
    """Ask why an order comes before the finding; with the reason on record it goes on (row 131)."""
    food = normalise(said.details["food"])
    found = [one for one in said.before if one.kind == "contamination"]
    if any(normalise(one.details["food"]) == food for one in found):
        return
    if said.details.get("before_finding", "").strip():
        return
    raise PlanRefusal(
        _("尚无具名人员确认“%s”属于被污染。") % said.details["food"],
        clause="6.3.2",
        code="recall_before_finding",
        next_step=_("可先封存、先登记确认结论（不以检验结果为前提）；仍须立即责令的，请写明理由。"),
    )


def _check_transfer(said: Said) -> None:
    if said.details["from_hospital"] == said.details["to_hospital"]:
        raise PlanRefusal(_("转出医院和转入医院相同。"), clause="6.3.1", code="transfer_to_same_hospital")


_EVIDENCE_FIRST = frozenset({"sanitise", "clean_tools"})
_GUARDS: dict[str, Callable[[Said], None]] = {
    "sanitise": _check_evidence_here,
    "clean_tools": _check_evidence_here,
    "recall": _check_recall,
    "transfer": _check_transfer,
}
_CONTINUING: dict[str, Callable[[MeasureRecord, Sequence[MeasureRecord], datetime], None]] = {
    "sample_handover": samples.check_can_hand_over,
    "sample_result": samples.check_can_have_result,
    "release_review": publishing.check_can_review,
    "release": publishing.check_can_release,
    "press_conference": publishing.check_was_released,
    "removal_request": publishing.check_was_found_false,
    "clarification": publishing.check_was_found_false,
}
