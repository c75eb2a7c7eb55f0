"""The addresses of reports and of who was told."""

from django.urls import path

from reporting.views import duties, triage
from reporting.views.answer import report, withdraw
from reporting.views.calendar import calendar, drop_event, edit_event, new_event
from reporting.views.channels import attempt, channels, drop_attempt, drop_channel, new_channel, review
from reporting.views.document_acts import document_act, receipt
from reporting.views.documents import call, document, document_file, documents, edit, new_document
from reporting.views.hours import explanation, hospital, operator, retract
from reporting.views.house_targets import house_targets
from reporting.views.legs import city_unit, correct, delivery
from reporting.views.quick import new_report, places
from reporting.views.timeliness import timeliness_csv, timeliness_page

app_name = "reporting"
urlpatterns = [
    path("reports/new/", new_report, name="new"),
    path("reports/<uuid:ref>/", report, name="report"),
    path("reports/<uuid:ref>/withdraw/", withdraw, name="withdraw"),
    path("timeliness/", timeliness_page, name="timeliness"),
    path("timeliness/csv/", timeliness_csv, name="timeliness_csv"),
    path("places/", places, name="places"),
    path("calendar/", calendar, name="calendar"),
    path("calendar/new/", new_event, name="new_event"),
    path("calendar/<int:pk>/", edit_event, name="event"),
    path("calendar/<int:pk>/cancel/", drop_event, name="cancel_event"),
    path("triage/", triage.reports, name="triage"),
    path("triage/<int:pk>/", triage.report, name="triage_report"),
    path("triage/<int:pk>/start/", triage.start, name="triage_start"),
    path("triage/<int:pk>/take-up/", triage.take_up, name="triage_take_up"),
    path("triage/<int:pk>/close/", triage.close, name="triage_close"),
    path("triage/<int:pk>/pass-on/", triage.pass_on, name="triage_pass_on"),
    path("triage/<int:pk>/contact/", triage.contact, name="triage_contact"),
    path("triage/photos/<int:pk>/", triage.photo, name="triage_photo"),
    path("incidents/<slug:number>/deliveries/", delivery, name="delivery"),
    path("incidents/<slug:number>/deliveries/<int:pk>/correct/", correct, name="correct_delivery"),
    path("house-targets/", house_targets, name="house_targets"),
    path("channels/", channels, name="channels"),
    path("channels/<int:pk>/new/", new_channel, name="new_channel"),
    path("channels/<int:pk>/end/", drop_channel, name="drop_channel"),
    path("incidents/<slug:number>/attempts/", attempt, name="attempt"),
    path("incidents/<slug:number>/attempts/<int:pk>/retract/", drop_attempt, name="retract_attempt"),
    path("incidents/<slug:number>/channel-reviews/<int:pk>/", review, name="review_channel"),
    path("incidents/<slug:number>/documents/", documents, name="documents"),
    path("incidents/<slug:number>/documents/new/", new_document, name="new_document"),
    path("incidents/<slug:number>/documents/call/", call, name="record_call"),
    path("incidents/<slug:number>/documents/<int:pk>/", document, name="document"),
    path("incidents/<slug:number>/documents/<int:pk>/edit/", edit, name="edit_document"),
    path(
        "incidents/<slug:number>/documents/<int:pk>/files/<slug:file_format>/",
        document_file,
        name="document_file",
    ),
    path("incidents/<slug:number>/documents/<int:pk>/<slug:act>/", document_act, name="document_act"),
    path("incidents/<slug:number>/dispatches/<int:pk>/", receipt, name="receipt"),
    path("incidents/<slug:number>/explanations/", explanation, name="explanation"),
    path("incidents/<slug:number>/explanations/<int:pk>/retract/", retract, name="retract_explanation"),
    path("incidents/<slug:number>/operators/", operator, name="operator"),
    path("incidents/<slug:number>/hospitals/", hospital, name="hospital"),
    path("notices/new/", duties.opening, name="opening"),
    path("incidents/<slug:number>/tips/", duties.tip, name="tip"),
    path("incidents/<slug:number>/learnings/", duties.learning, name="learning"),
    path("incidents/<slug:number>/checks/", duties.check, name="check"),
    path("incidents/<slug:number>/notices/", duties.notice, name="notice"),
    path("incidents/<slug:number>/passing-on/", duties.passing_on, name="passing_on"),
    path("incidents/<slug:number>/leaps/", duties.leap, name="leap"),
    path("incidents/<slug:number>/bodies/", duties.county_body, name="county_body"),
    path("incidents/<slug:number>/leaps/<int:pk>/review/", duties.leap_review, name="leap_review"),
    path("incidents/<slug:number>/city-units/", city_unit, name="city_unit"),
]
