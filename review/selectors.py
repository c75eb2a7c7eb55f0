"""What pages, actions and other apps read about papers, teams and improvements; a constant number of queries each."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.actors import Actor
from accounts.models import Organisation
from accounts.permissions import actor_has
from accounts.rights import Right
from aftermath.selectors.finishing import regulators_in_charge
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.investigation import INVESTIGATIONS
from plan.levels import IncidentLevel
from plan.offices import OfficeKind, Tier
from plan.papers import PaperKind, addressees
from reporting.alerts import BEIJING
from review.models import (
    Improvement,
    ImprovementStage,
    ImprovementStep,
    InvestigationTeam,
    Paper,
    PaperFile,
    PaperRevision,
    SignedPaper,
)
from review.policies import INVESTIGATED_HERE, refused


def level_of(incident: Incident) -> IncidentLevel:
    """Return the level that who writes and who is told go by: the confirmed one, until then the one proposed (7.2, A30)."""
    return IncidentLevel(incident.confirmed_level or incident.proposed_level)


def bodies_of(kind: PaperKind, incident: Incident) -> list[Organisation]:
    """Return the bodies that may write a paper on an incident: of a summary each regulator in charge, else one (7.2, A40)."""
    if kind is PaperKind.SUMMARY:
        return regulators_in_charge(incident)
    if kind is PaperKind.LOCAL_REVIEW:
        return _offices([OfficeKind.CITY_COMMISSION_OFFICE], incident)
    level = level_of(incident)
    return _offices([INVESTIGATIONS[level].team], incident) if level in INVESTIGATED_HERE else []


def addressees_of(kind: PaperKind, incident: Incident) -> list[Organisation]:
    """Return to whom 7.2 has the paper reported, the commission above first (A40)."""
    return _offices(addressees(kind, level_of(incident)), incident)


def _offices(kinds: Iterable[OfficeKind], incident: Incident) -> list[Organisation]:
    """Return the organisations of these kinds, of a county's kind that of the incident's county, in the order asked for."""
    wanted = list(kinds)
    city = Q(kind__in=[kind for kind in wanted if kind.level is not Tier.COUNTY])
    county = Q(
        kind__in=[kind for kind in wanted if kind.level is Tier.COUNTY], jurisdiction=incident.county_id
    )
    found = {each.kind: each for each in Organisation.objects.filter(city | county)}
    return [found[kind] for kind in wanted]


def papers_of(incident: Incident) -> QuerySet[Paper]:
    """Return every version of every paper on an incident and on what is one with it, the newest first (A56)."""
    return (
        Paper.objects.filter(incident__in=family_ids(incident))
        .select_related("incident__county", "body__jurisdiction", "signed", "signed__replaced_by", "replaces")
        .prefetch_related("signed__dispatches__recipient", "signed__dispatches__receipt")
        .order_by("-pk")
    )


def latest_revision(paper: Paper) -> PaperRevision | None:
    """Return what people wrote last."""
    return paper.revisions.order_by("number").last()


def signed_of(paper: Paper) -> SignedPaper | None:
    """Return the signed form of a paper, None while it is a draft."""
    try:
        return paper.signed
    except SignedPaper.DoesNotExist:
        return None


def is_replaced(signed: SignedPaper) -> bool:
    """Say whether a newer version of the signed paper was begun."""
    return Paper.objects.filter(replaces=signed).exists()


def team_of(incident: Incident) -> InvestigationTeam | None:
    """Return the team as it was formed or changed last (7.2)."""
    found = InvestigationTeam.objects.filter(incident__in=family_ids(incident))
    return found.select_related("body").order_by("pk").last()


@dataclass(frozen=True, slots=True)
class Followed:
    """An improvement with what became of it; `stage` is how it stands, empty while its body has said nothing."""

    improvement: Improvement
    steps: tuple[ImprovementStep, ...]

    @property
    def stage(self) -> str:
        """How it stands: the last step that is no reminder."""
        said = [step.stage for step in self.steps if step.stage != ImprovementStage.CHASED]
        return said[-1] if said else ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be done."""
        return self.stage not in {ImprovementStage.DONE, ImprovementStage.WITHDRAWN}

    def is_overdue(self, at: datetime) -> bool:
        """Say whether the office's day is over and it is not done; the whole of that day is still in time."""
        due_on = self.improvement.due_on
        return self.is_open and due_on is not None and at.astimezone(BEIJING).date() > due_on


def followed(rows: QuerySet[Improvement]) -> list[Followed]:
    """Return improvements with their steps; two queries."""
    listed = rows.select_related("incident__place", "addressee", "organisation").prefetch_related("steps")
    return [
        Followed(each, tuple(sorted(each.steps.all(), key=lambda step: step.pk)))
        for each in listed.order_by("pk")
    ]


def improvements_of(incident: Incident) -> list[Followed]:
    """Return the improvements proposed after an incident, those taken back included (7.2)."""
    return followed(Improvement.objects.filter(incident__in=family_ids(incident)))


def open_improvements(rows: QuerySet[Improvement]) -> QuerySet[Improvement]:
    """Return those among them that nobody has ended."""
    ended = ImprovementStep.objects.filter(stage__in=(ImprovementStage.DONE, ImprovementStage.WITHDRAWN))
    return rows.exclude(pk__in=ended.values("improvement"))


def improvement_for(actor: Actor, pk: int) -> Followed:
    """Return an improvement to whom it was proposed, and to who follows it; a refusal (404) to anybody else (7.2)."""
    rows = Improvement.objects.filter(pk=pk)
    if not actor_has(actor, Right.REVIEW_HANDLING):
        rows = rows.filter(addressee=actor.organisation) if actor.organisation else rows.none()
    found = followed(rows)
    if not found:
        raise refused(
            _("没有这条改进意见，或不由您单位办理。"),
            "improvement_not_found",
            status=404,
            next_step=_("请从改进意见列表进入。"),
        )
    return found[0]


def improvements_for(actor: Actor) -> list[Followed]:
    """Return what an office has to improve, or as 市食药安办 to follow, while it is open (7.2)."""
    if actor.organisation is None:
        return []
    rows = Improvement.objects.all()
    if not actor_has(actor, Right.REVIEW_HANDLING):
        rows = rows.filter(addressee=actor.organisation)
    return followed(open_improvements(rows))


def signed_papers(incident_ids: Iterable[int]) -> Mapping[tuple[int, str], datetime]:
    """Return when the first version of each kind of paper was signed, by incident and kind; one query."""
    found: dict[tuple[int, str], datetime] = {}
    rows = SignedPaper.objects.filter(incident__in=list(incident_ids)).order_by("-signed_at", "-pk")
    for pk, kind, signed_at in rows.values_list("incident", "paper__kind", "signed_at"):
        found[pk, kind] = signed_at
    return found


def paper_files(incident_ids: Iterable[int]) -> dict[str, bytes]:
    """Return the signed papers of these incidents as they left the house, by name, for the evidence bundle (7.2)."""
    rows = PaperFile.objects.filter(signed__incident__in=list(incident_ids)).select_related("signed__paper")
    return {
        f"documents/papers/{row.signed_id}-{row.signed.paper.kind}.{row.file_format}": bytes(row.content)
        for row in rows.order_by("pk")
    }
