"""What the pages of papers show, read with a constant number of queries each."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.db.models import Q
from django.http import Http404

from accounts.actors import Actor
from accounts.models import Organisation
from aftermath.selectors.finishing import finished_at
from incidents.models import Incident
from incidents.permissions import involved_counties
from incidents.selectors import family_ids, incident_for
from plan.investigation import INVESTIGATIONS
from plan.levels import IncidentLevel
from plan.offices import OUTSIDE, OfficeKind, Tier
from plan.papers import PAPERS, PaperKind
from plan.refusal import PlanRefusal
from reporting.asking import refusal_of
from reporting.documents.sheet import Sheet
from review.content import Content, Draft, content_of, draft_of, paper_sheet, unprintable_in
from review.drafting.record import record_of
from review.models import ExchangeAbove, InvestigationTeam, Paper, PaperDispatch, SignedPaper
from review.permissions import (
    acts_for,
    check_actor_follows,
    check_actor_reads_paper,
    check_actor_writes_paper,
    reads_paper,
)
from review.policies import ABOVE_THE_CITY, check_can_draft_paper, check_can_sign_paper
from review.selectors import (
    Followed,
    addressees_of,
    bodies_of,
    improvements_of,
    latest_revision,
    level_of,
    papers_of,
    signed_of,
    team_of,
)


@dataclass(frozen=True, slots=True)
class PaperRow:
    """One version of a paper in a list: whether it is signed, where it went, whom 7.2 names and it has not reached."""

    paper: Paper
    signed: SignedPaper | None
    dispatches: Sequence[PaperDispatch]
    owed_to: Sequence[Organisation]
    is_replaced: bool
    may_read: bool

    @property
    def name(self) -> str:
        """What it is called."""
        return PaperKind(self.paper.kind).label_zh


@dataclass(frozen=True, slots=True)
class KindRow:
    """One of the three papers: whose it is, whom it is reported to, its versions, why it can't be begun."""

    kind: PaperKind
    bodies: Sequence[Organisation]
    addressees: Sequence[Organisation]
    papers: Sequence[PaperRow]
    refusal: PlanRefusal | None

    @property
    def text_zh(self) -> str:
        """The plan's own sentence."""
        return PAPERS[self.kind].text_zh


@dataclass(frozen=True, slots=True)
class PapersPage:
    """Everything that follows an incident on paper, at one instant."""

    incident: Incident
    at: datetime
    level: IncidentLevel
    team_zh: str
    is_above: bool
    kinds: Sequence[KindRow]
    team: InvestigationTeam | None
    sees_team: bool
    exchanges: Sequence[ExchangeAbove]
    improvements: Sequence[Followed]
    finished_at: datetime | None
    refusals: dict[str, PlanRefusal | None]


def papers_page(actor: Actor, number: str, at: datetime) -> PapersPage:
    """Return the page of an incident's papers; a refusal (404) where the actor may not see the incident."""
    shown = incident_for(actor, number)
    incident = shown.merged_into or shown
    level, papers = level_of(incident), list(papers_of(incident))
    team, bodies = team_of(incident), bodies_of(PaperKind.INVESTIGATION, incident)
    return PapersPage(
        incident=incident,
        at=at,
        level=level,
        team_zh=INVESTIGATIONS[level].team_zh if level in INVESTIGATIONS else "",
        is_above=level in ABOVE_THE_CITY,
        kinds=[_kind_row(kind, incident, papers, actor) for kind in PaperKind],
        team=team,
        sees_team=any(acts_for(actor, body) for body in bodies),
        exchanges=list(
            ExchangeAbove.objects.filter(incident__in=family_ids(incident))
            .select_related("organisation")
            .order_by("pk")
        ),
        improvements=improvements_of(incident),
        finished_at=finished_at(incident),
        refusals={
            "follow": refusal_of(partial(check_actor_follows, actor, incident)),
            "team": _no_team(actor, incident, bodies),
        },
    )


def _no_team(actor: Actor, incident: Incident, bodies: Sequence[Organisation]) -> PlanRefusal | None:
    def asked() -> None:
        check_can_draft_paper(PaperKind.INVESTIGATION, confirmed=incident.confirmed_level)
        check_actor_writes_paper(actor, incident, PaperKind.INVESTIGATION, bodies[0])

    return refusal_of(asked)


def _kind_row(kind: PaperKind, incident: Incident, papers: Sequence[Paper], actor: Actor) -> KindRow:
    bodies, named = bodies_of(kind, incident), addressees_of(kind, incident)

    def asked() -> None:
        check_can_draft_paper(kind, confirmed=incident.confirmed_level)
        body = next((each for each in bodies if acts_for(actor, each)), bodies[0])
        check_actor_writes_paper(actor, incident, kind, body)

    own = [_row(paper, named, actor) for paper in papers if paper.kind == kind]
    return KindRow(kind, bodies, named, own, refusal_of(asked))


def _row(paper: Paper, named: Sequence[Organisation], actor: Actor) -> PaperRow:
    signed = signed_of(paper)
    sent = sorted(signed.dispatches.all(), key=lambda each: each.pk) if signed else []
    reached = {each.recipient_id for each in sent}
    return PaperRow(
        paper=paper,
        signed=signed,
        dispatches=sent,
        owed_to=[each for each in named if each.pk not in reached] if signed else [],
        is_replaced=signed is not None and hasattr(signed, "replaced_by"),
        may_read=reads_paper(actor, paper.kind, paper.body, reached),
    )


@dataclass(frozen=True, slots=True)
class PaperPage:
    """One paper as it stands: as it would be printed, where each sentence came from, why an act is not open."""

    incident: Incident
    row: PaperRow
    draft: Draft | None
    content: Content
    sheet: Sheet
    unprintable: Sequence[tuple[str, list[str]]]
    refusals: dict[str, PlanRefusal | None]
    at: datetime


def paper_page(actor: Actor, number: str, pk: int, at: datetime) -> PaperPage:
    """Return a paper; a refusal where the actor may not see its incident (404) or read it (403)."""
    row, incident = paper_for(actor, number, pk)
    paper, signed = row.paper, row.signed
    draft = None if signed else draft_of(paper, latest_revision(paper), record_of(incident, at))
    content = content_of(draft, incident) if draft else signed.content if signed else {}
    page = paper_sheet(content, signed.sha256 if signed else "")
    write = refusal_of(partial(check_actor_writes_paper, actor, incident, paper.kind, paper.body))
    sign = write or (refusal_of(partial(_check_signing, draft, incident, at)) if draft else None)
    return PaperPage(
        incident=incident,
        row=row,
        draft=draft,
        content=content,
        sheet=page,
        unprintable=() if signed else unprintable_in(content, page),
        refusals={"write": write, "sign": sign},
        at=at,
    )


def paper_for(actor: Actor, number: str, pk: int) -> tuple[PaperRow, Incident]:
    """Return a paper of an incident the actor sees and may read."""
    shown = incident_for(actor, number)
    incident = shown.merged_into or shown
    paper = papers_of(incident).filter(pk=pk).first()
    if paper is None:
        raise Http404
    row = _row(paper, addressees_of(PaperKind(paper.kind), incident), actor)
    check_actor_reads_paper(actor, paper.kind, paper.body, {each.recipient_id for each in row.dispatches})
    return row, incident


def _check_signing(draft: Draft, incident: Incident, at: datetime) -> None:
    kind = PaperKind(draft.paper.kind)
    check_can_sign_paper(kind, draft.said, finished_at=finished_at(incident), team=team_of(incident), at=at)


def bodies_concerned(incident: Incident) -> list[Organisation]:
    """Return whom an improvement may be proposed or a paper circulated to: the city's bodies, and those of the counties concerned."""
    apart = [*OUTSIDE, OfficeKind.HOSPITAL, *(kind for kind in OfficeKind if kind.level is Tier.OUTSIDE)]
    areas = Q(jurisdiction__in=involved_counties(incident)) | Q(jurisdiction__kind="city")
    return list(Organisation.objects.filter(areas).exclude(kind__in=apart).order_by("-kind", "pk"))
