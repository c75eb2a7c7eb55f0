"""Which records of line lists are one patient, and who a patient is: a person's findings, and looks that leave a trace."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.permissions import check_actor_may
from accounts.rights import Right
from audit.envelopes import opened
from audit.record import Entry, record
from audit.seals import seals
from incidents.actions.assessing import lock_with_whole, reassess
from incidents.models import Case, Incident, PersonDecision
from incidents.persons import name_of
from incidents.policies import check_can_decide_person, check_is_open
from plan.refusal import PlanRefusal


@transaction.atomic
def decide_same_person(
    *, first: Case, second: Case, is_same: bool, reason: str, by: Actor, at: datetime
) -> PersonDecision:
    """Find that two records are one patient, or two after all, and grade anew (A12); a later finding takes this one back.

    Refused: without the right in the counties of both hospitals (403), for records of different incidents or with identity
    numbers that say otherwise (422), without a reason (422), when it has been found already (409).
    """
    cases = [
        Case.objects.select_related("fact__source__jurisdiction__host").get(pk=pk)
        for pk in (first.pk, second.pk)
    ]
    incident, whole = lock_with_whole(cases[0].fact.incident_id)
    for case in cases:
        check_actor_may(by, Right.DECIDE_JOIN, counties=_county_of(case))
    check_is_open(whole)
    check_can_decide_person(whole, cases[0], cases[1], is_same=is_same, reason=reason)
    names = sorted(name_of(case) for case in cases)
    decision = PersonDecision.objects.create(
        incident=incident,
        first=names[0],
        second=names[1],
        is_same=is_same,
        reason=reason,
        decided_at=at,
        decided_by=by.ref,
        office=by.office,
    )
    payload = {"cases": [case.pk for case in cases], "same": is_same, "rows": seals([decision])}
    _write_down("incidents.decide_same_person", incident, by, at, payload)
    reassess(incident=whole, by=by, at=at)
    return decision


@transaction.atomic
def unmask_case(*, case: Case, reason: str, by: Actor, at: datetime) -> Mapping[str, Any]:
    """Return what a hospital stated of a patient's person, and write down who asked and why (个人信息保护).

    Refused: without the right in the hospital's county (403), without a reason (422).
    """
    case = Case.objects.select_related("fact__incident", "fact__source__jurisdiction__host").get(pk=case.pk)
    check_actor_may(by, Right.READ_PATIENTS, counties=_county_of(case))
    if not reason.strip():
        raise PlanRefusal(
            _("查看患者个人信息须写明理由，理由记入证据日志。"), clause="", code="unmasking_without_reason"
        )
    _write_down("incidents.unmask_case", case.fact.incident, by, at, {"case": case.pk, "reason": reason})
    personal = bytes(case.personal)
    clear = opened(personal, bound_to=f"case:{case.local_id}") if personal else b"{}"
    found: Mapping[str, Any] = json.loads(clear)
    return found


def _county_of(case: Case) -> set[int]:
    """Return the county whose office may know a record: that of the hospital that sent it."""
    return {case.fact.source.jurisdiction.county.pk} if case.fact.source else set()


def _write_down(action: str, incident: Incident, by: Actor, at: datetime, payload: dict[str, Any]) -> None:
    record(
        Entry(
            chain=incident.chain,
            action=action,
            actor=by.ref,
            office=by.office,
            at=at,
            subject=f"incident:{incident.number}",
            payload=payload,
        )
    )
