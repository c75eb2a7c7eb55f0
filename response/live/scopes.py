"""Who is behind a stream and whom a change concerns, looked up in a few threads that hold no connection between."""

import asyncio
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Final, ParamSpec, TypeVar

from django.db import connections
from django.db.models import Model, Q

from accounts.actors import Actor
from accounts.permissions import actor_has, own_county
from accounts.rights import Right
from accounts.sessions import actor_of_session
from accounts.walls import token_good_now
from audit.clock import database_now
from incidents.models import InvolvedCounty
from reporting.models import PublicReport, Report, Signal
from response.actions.deciding import office_of
from response.live.hub import Scope
from response.models import CommandAddressee, DataRequest, Patient

LOOKUP_THREADS: Final = 4
PUBLIC, SIGNAL = "public:", "signal:"
# What is watched beside incidents, by how its chains begin, and who may see it (5.1(4), 4.1).
BESIDE: Final = {PUBLIC: Right.SEE_TRIAGE, SIGNAL: Right.SEE_SIGNALS}
# How an office that sees no incidents comes to have a part in one (5.1(3), 6.1, 6.3.1, 3.2).
PARTS: Final[tuple[tuple[type[Model], str, str], ...]] = (
    (Report, "incident", "organisation"),
    (Patient, "incident", "hospital"),
    (DataRequest, "incident", "department"),
    (CommandAddressee, "entry__response__incident", "organisation"),
)

P = ParamSpec("P")
T = TypeVar("T")
_pool: Final = ThreadPoolExecutor(LOOKUP_THREADS, thread_name_prefix="live")


async def in_pool(job: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run a job that reads the database beside the event loop; its connection is given back at once."""

    def run() -> T:
        try:
            return job(*args, **kwargs)
        finally:
            connections.close_all()

    return await asyncio.get_running_loop().run_in_executor(_pool, run)


def scope_of_session(session_key: str) -> Scope | None:
    """Return what a session may hear of now, None for nobody; a refusal (403) without an office that may hear.

    The session is read and never saved: an open stream alone keeps nobody logged in.
    """
    actor = actor_of_session(session_key, at=database_now())
    return None if actor.ident is None else scope_of(actor)


def scope_of_screen(text: str) -> Scope | None:
    """Return what a wall's token lets it hear of now, None without one; a refusal (403) for one that is good no more."""
    return scope_of(Actor.on_screen(token_good_now(text, at=database_now()))) if text else None


def scope_of(actor: Actor) -> Scope:
    """Return what an actor's office may hear of; a refusal (403) for nobody's office.

    An office that sees no incidents hears of those it has a part in (5.1(7)).
    """
    office_of(actor)
    county = own_county(actor)
    more = frozenset(chains for chains, right in BESIDE.items() if actor_has(actor, right))
    sees = actor_has(actor, Right.SEE_INCIDENTS)
    return Scope(actor.ref, actor.office, county.pk if county else None, more, sees)


def audiences(numbers: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return for each incident number the counties it concerns (5.1(7)): the offices there may hear of it."""
    found: dict[str, set[int]] = {number: set() for number in numbers}
    rows = InvolvedCounty.objects.filter(incident__number__in=found)
    for number, county in rows.values_list("incident__number", "county"):
        found[number].add(county)
    return {number: frozenset(counties) for number, counties in found.items()}


def parts(numbers: Iterable[str]) -> dict[str, frozenset[str]]:
    """Return for each incident number the offices that reported it, treat its patients, were asked or were ordered.

    What an incident was merged into changes what they see of it, so they hear of that too.
    """
    found: dict[str, set[str]] = {number: set() for number in numbers}
    for model, incident, office in PARTS:
        changed = Q(**{f"{incident}__number__in": found}) | Q(
            **{f"{incident}__merged_into__number__in": found}
        )
        names = (f"{incident}__number", f"{incident}__merged_into__number", f"{office}__code")
        for own, survivor, code in model._default_manager.filter(changed).values_list(*names).distinct():
            for number in {own, survivor} & found.keys():
                found[number].add(code)
    return {number: frozenset(codes) for number, codes in found.items()}


def beside(chains: Iterable[str]) -> dict[str, frozenset[int]]:
    """Return the counties that what changed beside incidents concerns, by how its chains begin."""
    listed = list(chains)
    reports = PublicReport.objects.filter(pk__in=_pks(listed, PUBLIC)).values_list("county", flat=True)
    signals = Signal.objects.filter(pk__in=_pks(listed, SIGNAL)).values_list("counties", flat=True)
    found = {PUBLIC: frozenset(reports), SIGNAL: frozenset(pk for each in signals for pk in each)}
    return {kind: counties for kind, counties in found.items() if counties}


def _pks(chains: Iterable[str], kind: str) -> list[int]:
    return [int(chain.removeprefix(kind)) for chain in chains if chain.startswith(kind)]
