"""Decide on suspicions (7.3): a named person opens a file or dismisses, with a reason; the machine never does."""

import uuid
from datetime import datetime

from django.db import transaction

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.rights import Right
from incidents.models import Fact, Incident
from incidents.permissions import check_actor_may_with
from plan.accountability import AccountabilityGround
from reporting.models import Obligation
from response.accountability_permissions import check_actor_in_charge_of
from response.actions.accountability_evidence import link_frozen
from response.actions.accountability_log import lock_suspected, note_accountability, sent_before
from response.models import AccountabilityDecision, AccountabilityEntry
from response.policies.accountability import (
    check_can_decide,
    check_is_raised,
    check_names_accused,
    check_says_why,
)
from response.selectors.accountability import Prompt, prompts_for


@transaction.atomic
def open_accountability_file(
    *,
    incident: Incident,
    ground: AccountabilityGround,
    about: Obligation | Fact | None = None,
    accused: Organisation | None = None,
    reason: str,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityEntry:
    """Open a file on a ground of 7.3, on a prompt (`about` its clock or fact) or by hand against `accused`; sent twice, it is one.

    The record of a prompt is attached as it is now. The ground is the person's to say: 漏报 is never proposed (A41).
    Refused: by another than the office in charge (403), on no prompt of its own (404), on one decided or overtaken (409),
    without a reason (422).
    """
    whole = lock_suspected(incident)
    entry = AccountabilityEntry(
        decision=AccountabilityDecision.OPENED, ground=ground, reason=reason, form_token=form_token
    )
    if about is not None:
        return _decide(entry, _prompt(whole, about, by, at), whole, by=by, at=at)
    named = check_names_accused(accused)
    entry.accused = Organisation.objects.select_related("jurisdiction__host").get(pk=named.pk)
    entry.organisation = check_actor_in_charge_of(by, entry.accused, whole)
    entry.clauses = list(ground.clauses)
    return _save(entry, whole, by, at)


@transaction.atomic
def dismiss_accountability_prompt(
    *,
    incident: Incident,
    about: Obligation | Fact,
    reason: str,
    form_token: uuid.UUID | None = None,
    by: Actor,
    at: datetime,
) -> AccountabilityEntry:
    """Decide, with a reason, that a prompt leads to no file (7.3); it stays on record.

    Refused: by another than the office in charge (403), on no prompt of its own (404), on one decided or overtaken (409),
    without a reason (422).
    """
    whole = lock_suspected(incident)
    entry = AccountabilityEntry(
        decision=AccountabilityDecision.DISMISSED, reason=reason, form_token=form_token
    )
    return _decide(entry, _prompt(whole, about, by, at), whole, by=by, at=at)


def _prompt(incident: Incident, about: Obligation | Fact, by: Actor, at: datetime) -> Prompt:
    """Return the prompt about a clock or fact; a refusal (404) that reads the same without one and for another's."""
    check_actor_may_with(by, Right.KEEP_ACCOUNTABILITY, incident)
    own = [each for each in prompts_for(by, incident, at) if each.subject == about]
    check_is_raised(is_raised=bool(own))
    return own[0]


def _decide(
    entry: AccountabilityEntry, prompt: Prompt, incident: Incident, *, by: Actor, at: datetime
) -> AccountabilityEntry:
    """Decide on a prompt, with its record as it is now."""
    entry.accused, entry.clauses, entry.frozen = prompt.accused, list(prompt.clauses), dict(prompt.frozen)
    entry.organisation = check_actor_in_charge_of(by, prompt.accused, incident)
    if sent_before(AccountabilityEntry, entry.form_token, by) is None:
        check_can_decide(is_overtaken=prompt.is_overtaken, is_decided=prompt.decision is not None)
    if isinstance(prompt.subject, Obligation):
        entry.obligation = prompt.subject
    else:
        entry.fact = prompt.subject
    return _save(entry, incident, by, at)


def _save(entry: AccountabilityEntry, incident: Incident, by: Actor, at: datetime) -> AccountabilityEntry:
    before = sent_before(AccountabilityEntry, entry.form_token, by)
    if before is not None:
        return before
    check_says_why(entry.reason)
    entry.incident, entry.recorded_by, entry.recorded_at = incident, by.ref, at
    entry.save(force_insert=True)
    note_accountability(action="response.decide_accountability", about=entry, rows=[entry], by=by, at=at)
    if entry.decision == AccountabilityDecision.OPENED:
        names = entry.frozen.get("rows", ())
        link_frozen(entry=entry, names=names, office=entry.organisation, by=by, at=at)
    return entry
