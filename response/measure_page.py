"""What the measures page shows: each measure in the plan's words, how it stands, what was done, what may be done now."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from http import HTTPStatus
from itertools import groupby

from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.checklist import CHECKLIST, Item
from plan.clauses import clause
from plan.levels import IncidentLevel
from plan.measures import MEASURES, Measure
from plan.publishing import RESERVED_ZH
from plan.records import KINDS, RecordKind
from plan.records.kinds import Answer
from plan.refusal import PlanRefusal
from plan.untimed import UNTIMED_MEASURES
from reporting.asking import refusal_of
from reporting.house_targets import HouseClock, house_clock, targets
from response.key_places import KeyPlace, unguarded
from response.measure_permissions import Ground, check_actor_keeps_task, check_actor_takes
from response.models import MeasureRecord, TaskEntry
from response.policies.measures import check_can_begin, check_can_continue, steps_after
from response.policies.publishing import is_major
from response.selectors.measures import all_measures, ground_of


@dataclass(frozen=True, slots=True)
class Offer:
    """A kind of record this office may make here, or why not."""

    spec: RecordKind
    refusal: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class Offers:
    """Kinds of record: what this office may make now, what only later, what is another office's."""

    now: Sequence[Offer]
    later: Sequence[Offer]
    of_others: Sequence[Offer]


@dataclass(frozen=True, slots=True)
class Shown:
    """One record in words, its further steps, and which of them may come next."""

    record: MeasureRecord
    answers: Sequence[tuple[str, str]]
    steps: Sequence["Shown"]
    offers: Offers
    warning: str
    may_retract: bool


@dataclass(frozen=True, slots=True)
class Task:
    """One item of the checklist and how it stands."""

    item: Item
    entry: TaskEntry | None
    refusal: PlanRefusal | None


@dataclass(frozen=True, slots=True)
class Taken:
    """One measure of 6.3: the task, what was recorded, what may be recorded.

    house: the house's own target where the plan says 迅速 or 及时, from knowledge to the first record (A19).
    """

    measure: Measure
    task: Task
    records: Sequence[Shown]
    offers: Offers
    key_places: Sequence[KeyPlace]
    house: HouseClock | None


@dataclass(frozen=True, slots=True)
class Section:
    """The measures of one clause."""

    clause: str
    measures: Sequence[Taken]

    @property
    def heading_zh(self) -> str:
        """The heading of the clause."""
        return clause(self.clause).heading_zh


class _Page:
    """The page of one incident for one actor, read once."""

    def __init__(self, incident: Incident, actor: Actor, at: datetime) -> None:
        self.incident, self.actor, self.at = incident, actor, at
        self.ground: Ground = ground_of(incident)
        self.records = all_measures(incident)
        self.standing = [one for one in self.records if not _is_retracted(one)]
        self.hospitals = _hospital_names(self.records)
        self.tasks = latest_tasks(incident)
        self.targets = targets()

    def taken(self, measure: Measure) -> Taken:
        """One measure with everything about it."""
        kinds = [kind for kind in KINDS.values() if kind.row == measure.row]
        roots = [one for one in self.records if one.spec in kinds and one.about_id is None]
        return Taken(
            measure=measure,
            task=task_of(CHECKLIST[measure.code], self.tasks, self.actor, self.ground),
            records=[self.shown(one) for one in roots],
            offers=self.offers([kind for kind in kinds if not kind.follows]),
            key_places=unguarded(self.incident, self.standing, self.hospitals)
            if measure.code == "key_places"
            else (),
            house=self.house(measure, roots),
        )

    def house(self, measure: Measure, roots: Iterable[MeasureRecord]) -> HouseClock | None:
        """How the house's own target for a measure stands; None where it has none (A19)."""
        if measure.code not in UNTIMED_MEASURES:
            return None
        done = min((one.done_at for one in roots if one in self.standing), default=self.at)
        ref = UNTIMED_MEASURES[measure.code]
        return house_clock(self.targets, ref, start=self.incident.known_at, until=done)

    def offers(self, kinds: Iterable[RecordKind], about: MeasureRecord | None = None) -> Offers:
        """Which of these kinds may be recorded, and why not the others."""
        each = [Offer(kind, self.refusal(kind, about)) for kind in kinds]
        return Offers(
            now=[offer for offer in each if offer.refusal is None],
            later=[one for one in each if one.refusal and one.refusal.status != HTTPStatus.FORBIDDEN],
            of_others=[one for one in each if one.refusal and one.refusal.status == HTTPStatus.FORBIDDEN],
        )

    def refusal(self, spec: RecordKind, about: MeasureRecord | None = None) -> PlanRefusal | None:
        """Why this office can't make such a record now."""
        checks: list[Callable[[], object]] = [
            partial(check_actor_takes, self.actor, self.ground, spec),
            partial(check_can_begin, spec, self.incident, self.standing),
        ]
        if about is not None:
            steps = steps_after(about, self.standing)
            checks.append(partial(check_can_continue, spec, about, steps, self.at))
        return next(filter(None, map(refusal_of, checks)), None)

    def shown(self, record: MeasureRecord) -> Shown:
        """One record with its steps."""
        next_kinds = [] if _is_retracted(record) else [k for k in KINDS.values() if record.kind in k.follows]
        steps = [one for one in self.records if one.about_id == record.pk]
        office = self.actor.organisation
        return Shown(
            record=record,
            answers=list(self._answers(record)),
            steps=[self.shown(one) for one in steps],
            offers=self.offers(next_kinds, record),
            warning=self._warning(record),
            may_retract=office is not None
            and office.pk == record.organisation_id
            and not _is_retracted(record)
            and not steps_after(record, self.standing),
        )

    def _answers(self, record: MeasureRecord) -> Iterator[tuple[str, str]]:
        for asked in record.spec.asks:
            value = record.details.get(asked.name)
            if value is None or value is False:
                continue
            if asked.answer is Answer.HOSPITAL:
                value = self.hospitals.get(value, value)
            elif asked.answer is Answer.CHOICE:
                value = dict(asked.choices).get(value, value)
            yield asked.label_zh, _("是") if value is True else str(value)

    def _warning(self, record: MeasureRecord) -> str:
        if record.kind == "recall" and record.details.get("before_finding"):
            return _("责令时尚无具名人员的确认结论。")
        if record.kind == "concern":
            return self._answer_time(record)
        if record.kind != "release_draft":
            return ""
        if self.incident.duty_level.at_least(IncidentLevel.II):
            return RESERVED_ZH
        return _("含重大信息，发布前须经应急指挥部审核。") if is_major(record) else ""

    def _answer_time(self, concern: MeasureRecord) -> str:
        """Say how long a public concern waited for its answer; the plan sets no time (3.2)."""
        answers = [one for one in steps_after(concern, self.standing) if one.kind == "concern_answer"]
        until = answers[0].done_at if answers else self.at
        minutes = int((until - concern.done_at).total_seconds() // 60)
        words = {"hours": minutes // 60, "minutes": minutes % 60}
        if answers:
            return _("%(hours)d小时%(minutes)d分钟后回应。") % words
        return _("尚未回应，已过%(hours)d小时%(minutes)d分钟。") % words


def measures_page(incident: Incident, actor: Actor, at: datetime) -> list[Section]:
    """Return every measure of 6.3 in the plan's order, for this actor; a constant number of queries."""
    page = _Page(incident, actor, at)
    by_clause = groupby(MEASURES, key=lambda measure: measure.clause)
    return [Section(ref, [page.taken(one) for one in measures]) for ref, measures in by_clause]


def latest_tasks(incident: Incident) -> Mapping[str, TaskEntry]:
    """Return the entry that holds for each item of the checklist."""
    entries = TaskEntry.objects.filter(incident__in=family_ids(incident)).select_related("organisation")
    return {entry.code: entry for entry in entries.order_by("pk")}


def task_of(item: Item, entries: Mapping[str, TaskEntry], actor: Actor, ground: Ground) -> Task:
    """Return how an item stands and whether this office may say so."""
    refusal = refusal_of(partial(check_actor_keeps_task, actor, ground, item))
    return Task(item, entries.get(item.code), refusal)


def _is_retracted(record: MeasureRecord) -> bool:
    return hasattr(record, "retracted_by")


def _hospital_names(records: Sequence[MeasureRecord]) -> dict[str, str]:
    codes = {
        record.details.get(asked.name, "")
        for record in records
        for asked in record.spec.asks
        if asked.answer is Answer.HOSPITAL
    }
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))
