"""May this actor take this step of a response? Rights say which office; here it is held against the incident and the person."""

from django.utils.translation import gettext as _

from accounts.actors import Actor, ActorKind
from accounts.models import Organisation
from accounts.permissions import actor_has, is_city_wide, own_county
from accounts.rights import Right
from incidents.models import Incident
from incidents.permissions import check_actor_may_with
from plan.offices import OfficeKind
from plan.refusal import PlanRefusal
from response.models import CommanderAppointment, Response, ShiftHandover, Track


def check_actor_may_on(actor: Actor, right: Right, response: Response) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it has the right and the response is its own (A15).

    The city's offices act on the city's response, a county's on that county's.
    """
    office = check_actor_may_with(actor, right, response.incident)
    if not is_own(actor, response):
        raise PlanRefusal(
            _("这是%s的应急响应，由其指挥机构办理。")
            % (response.county.name if response.county else _("市级")),
            clause="3.5",
            code="response_of_another_track",
            status=403,
        )
    return office


def is_own(actor: Actor, response: Response) -> bool:
    """Tell whether a response is of the actor's own level and county (A15)."""
    return is_city_wide(actor) if response.track == Track.CITY else own_county(actor) == response.county


def check_actor_in_city(actor: Actor, right: Right, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is a city office with the right (6.2.1–6.2.3)."""
    office = check_actor_may_with(actor, right, incident)
    if not is_city_wide(actor):
        raise PlanRefusal(
            _("区县（市）不能启动或批准Ⅲ级及以上应急响应。"),
            clause="6.2.3",
            code="county_may_not",
            status=403,
            next_step=_("请报市食药安办。"),
        )
    return office


def check_actor_in_county(actor: Actor, right: Right, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is an office of a county concerned (6.2.4)."""
    office = check_actor_may_with(actor, right, incident)
    if is_city_wide(actor):
        raise PlanRefusal(
            _("Ⅳ级应急响应和县级酌情处置由事发地区县（市）办理。"),
            clause="6.2.4",
            code="city_may_not",
            status=403,
        )
    return office


def check_actor_is(actor: Actor, organisation: Organisation) -> None:
    """Raise a refusal (403) unless the actor acts for this organisation."""
    if actor.organisation is None or actor.organisation.pk != organisation.pk:
        raise PlanRefusal(
            _("这一项由%s办理。") % organisation.name, clause="3.1", code="not_the_addressee", status=403
        )


def check_actor_commands(actor: Actor, commander: CommanderAppointment | None) -> None:
    """Raise a refusal (403) unless the actor is the commander, acting in the office they command from (3.1, 6.4.2, A47)."""
    if commander is None:
        raise PlanRefusal(
            _("尚未明确总指挥。"),
            clause="3.1",
            code="no_commander",
            status=403,
            next_step=_("请由政府登记分管领导或指定的负责人；口头指定的，书面后补。"),
        )
    holding = commander.holding
    is_person = actor.kind == ActorKind.USER and actor.ident == holding.user_id
    if not is_person or actor.organisation is None or actor.organisation.pk != holding.organisation_id:
        raise PlanRefusal(
            _("终止应急响应须经总指挥本人同意。"),
            clause="6.4.2",
            code="not_the_commander",
            status=403,
            next_step=_("总指挥不能履职的，由政府另行指定。"),
        )


def check_actor_proposes_end(actor: Actor, response: Response) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it may propose the end (6.4.2, A33).

    Of the city's response: the government of a county concerned, or headquarters' office. Of a county's: its own
    government or its office.
    """
    office = check_actor_may_with(actor, Right.PROPOSE_END, response.incident)
    may_of_city = {OfficeKind.COUNTY_GOVERNMENT, OfficeKind.CITY_COMMISSION_OFFICE}
    is_own = own_county(actor) == response.county
    if office.kind in may_of_city if response.track == Track.CITY else is_own:
        return office
    raise PlanRefusal(
        _("终止应急响应的建议由事发地县级政府或应急指挥部办公室提出。"),
        clause="6.4.2",
        code="not_a_proposer",
        status=403,
    )


def check_actor_runs_epidemics(actor: Actor, incident: Incident) -> Organisation:
    """Return the organisation acted for; a refusal (403) unless it is a health department concerned (6.2.4 ¶3, A39)."""
    office = check_actor_may_with(actor, Right.RECORD_FACT, incident)
    if office.kind in {OfficeKind.CITY_HEALTH, OfficeKind.COUNTY_HEALTH}:
        return office
    raise PlanRefusal(
        _("涉及传染病疫情的，由卫生健康部门依法处置。"),
        clause="6.2.4",
        code="epidemics_are_healths",
        status=403,
        next_step=_("请通报卫生健康部门。"),
    )


def check_actor_takes_shift(actor: Actor, handover: ShiftHandover) -> None:
    """Raise a refusal (403) unless the watch was handed to this person, acting in that office."""
    is_person = (actor.kind, actor.ident) == (ActorKind.USER, handover.to_person_id)
    if not is_person or actor.organisation != handover.organisation:
        raise PlanRefusal(_("这次交班是交给另一人的。"), clause="", code="handover_to_another", status=403)


def may_read_contacts(actor: Actor, unit: Organisation) -> bool:
    """Tell whether an actor is shown where a unit is reached: those who command at its level, and itself (3.1)."""
    is_itself = actor.organisation is not None and actor.organisation.pk == unit.pk
    return is_itself or (actor_has(actor, Right.COMMAND) and _is_of_level(actor, unit))


def check_actor_keeps_card(actor: Actor, unit: Organisation) -> None:
    """Raise a refusal (403) unless the actor is of the unit itself or of its commission's office (3.1, 3.2)."""
    is_itself = actor.organisation is not None and actor.organisation.pk == unit.pk
    if is_itself or (actor_has(actor, Right.KEEP_MEMBERS) and _is_of_level(actor, unit)):
        return
    raise PlanRefusal(
        _("职责和联系方式由%s自己或本级食药安办维护。") % unit.name,
        clause="3.1",
        code="card_of_other_unit",
        status=403,
    )


def _is_of_level(actor: Actor, unit: Organisation) -> bool:
    own = own_county(actor)
    return is_city_wide(actor) if own is None else unit.jurisdiction.county == own
