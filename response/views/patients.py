"""The patients of an incident one by one: their page, what happened to them, transfers, mistakes taken back (6.3.1)."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.actors import Actor
from accounts.models import Organisation
from audit.clock import database_now
from incidents.models import Incident
from incidents.selectors import family_ids
from plan.offices import OfficeKind
from reporting.forms.legs import ReasonForm
from reporting.views.form_page import FormPage, posted
from reporting.views.requests import PageRequest
from response.actions.patients import record_patients, register_line_lists, take_back_turn, transfer_patient
from response.models import Patient
from response.patient_forms import PatientsForm, TransferForm
from response.patient_page import patient_page, patients_page
from response.patient_permissions import (
    check_actor_keeps_patients,
    check_actor_sees_patients,
    is_hospital,
    patients_incident_for,
)
from response.selectors.patients import standing_events


@require_safe
@login_required
def patients(request: PageRequest, number: str) -> HttpResponse:
    """Show whether 6.4.2(1) is met, from when it could be, and the patients one by one."""
    incident = patients_incident_for(request.actor, number)
    return render(request, "response/patients/list.html", patients_context(request, incident))


def patients_context(request: PageRequest, incident: Incident) -> dict[str, Any]:
    """Return what the page and its moving part show; a refusal (403) to whom patients are not entrusted."""
    check_actor_sees_patients(request.actor, incident)
    asked = request.GET
    page = patients_page(
        incident,
        request.actor,
        database_now(),
        standing=asked.get("standing", ""),
        number=asked.get("page", "1"),
    )
    return {"incident": incident, "shown": page, "is_hospital": is_hospital(request.actor)}


@require_safe
@login_required
def patient(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Show one patient: what happened, who entered it, what was taken back."""
    incident = patients_incident_for(request.actor, number)
    check_actor_sees_patients(request.actor, incident)
    shown = patient_page(incident, _record(incident, pk), request.actor, database_now())
    if shown is None:
        raise Http404
    return render(request, "response/patients/person.html", {"incident": incident, "shown": shown})


@require_http_methods(["GET", "POST"])
@login_required
def new_patients(request: PageRequest, number: str) -> HttpResponse:
    """Enter what happened to one patient or to several of one hospital (6.3.1)."""
    incident = patients_incident_for(request.actor, number)
    check_actor_keeps_patients(request.actor, incident)
    form = PatientsForm(
        posted(request), hospitals=_hospitals(request.actor), initial=_initial(request, incident)
    )
    page = FormPage(
        title=_("登记患者情况"),
        clause="6.3.1",
        lead=_("可以一次登记多名情况相同的患者；没有登记过的编号自动建立记录。"),
        action=_("登记"),
        done=_("患者情况已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: record_patients(
            incident=incident, **form.said(), by=request.actor, at=database_now()
        ),
    )


@require_POST
@login_required
def take_lists(request: PageRequest, number: str) -> HttpResponse:
    """Put the cases of hospitals' line lists on record (5.1(3))."""
    incident = patients_incident_for(request.actor, number)
    register_line_lists(incident=incident, by=request.actor, at=database_now())
    return redirect(_back(incident))


@require_http_methods(["GET", "POST"])
@login_required
def transfer(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Record that a patient went to another hospital (6.3.1)."""
    incident = patients_incident_for(request.actor, number)
    record = _record(incident, pk)
    check_actor_keeps_patients(request.actor, incident, record.hospital)
    others = Organisation.objects.filter(kind=OfficeKind.HOSPITAL).exclude(pk=record.hospital_id)
    form = TransferForm(posted(request), hospitals=list(others.order_by("pk")))
    page = FormPage(
        title=_("登记转院"),
        clause="6.3.1",
        lead=_("两家医院的记录归为同一名患者，病情稳定的时间继续计算。"),
        action=_("登记转院"),
        done=_("转院已登记。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: transfer_patient(patient=record, **form.said(), by=request.actor, at=database_now()),
    )


@require_http_methods(["GET", "POST"])
@login_required
def take_back(request: PageRequest, number: str, pk: int) -> HttpResponse:
    """Take a mistaken entry about a patient back, with the reason (5.1)."""
    incident = patients_incident_for(request.actor, number)
    rows = standing_events().filter(patient__incident__in=family_ids(incident))
    event = get_object_or_404(rows.select_related("patient__hospital", "patient__incident", "to"), pk=pk)
    check_actor_keeps_patients(request.actor, incident, event.patient.hospital)
    form = ReasonForm(posted(request))
    page = FormPage(
        title=_("撤回“%s”") % event.get_kind_display(),
        clause="5.1",
        lead=_("原记录不会删除；正确的内容请另行登记。"),
        action=_("撤回"),
        done=_("记录已撤回。"),
    )
    return page.answer(
        request,
        form=form,
        incident=incident,
        then=_back(incident),
        perform=lambda: take_back_turn(
            event=event, reason=form.cleaned_data["reason"], by=request.actor, at=database_now()
        ),
    )


def _record(incident: Incident, pk: int) -> Patient:
    rows = Patient.objects.filter(incident__in=family_ids(incident))
    return get_object_or_404(rows.select_related("hospital", "incident__merged_into"), pk=pk)


def _hospitals(actor: Actor) -> list[Organisation]:
    if is_hospital(actor) and actor.organisation is not None:
        return [actor.organisation]
    return list(Organisation.objects.filter(kind=OfficeKind.HOSPITAL).order_by("pk"))


def _initial(request: PageRequest, incident: Incident) -> dict[str, str]:
    """Fill in the patient whose page the form was opened from."""
    asked = request.GET.get("patient", "")
    if not asked.isdecimal():
        return {}
    record = _record(incident, int(asked))
    check_actor_keeps_patients(request.actor, incident, record.hospital)
    return {"hospital": record.hospital.code, "local_ids": record.local_id}


def _back(incident: Incident) -> str:
    return resolve_url("response:patients", number=incident.number)
