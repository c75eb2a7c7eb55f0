"""The addresses of the board, the incidents and the inbox."""

from django.urls import path

from response.views.board import board, board_part
from response.views.decisions import confirm, county, join, no_incident
from response.views.evidence import evidence, evidence_root
from response.views.facts import correct, fact
from response.views.inbox import inbox, message
from response.views.incidents import incident, incident_part, incidents

app_name = "response"
urlpatterns = [
    path("board/", board, name="board"),
    path("board/parts/<slug:part>/", board_part, name="board_part"),
    path("incidents/", incidents, name="incidents"),
    path("incidents/<slug:number>/", incident, name="incident"),
    path("incidents/<slug:number>/parts/<slug:part>/", incident_part, name="incident_part"),
    path("incidents/<slug:number>/confirm/", confirm, name="confirm"),
    path("incidents/<slug:number>/no-incident/", no_incident, name="no_incident"),
    path("incidents/<slug:number>/counties/", county, name="county"),
    path("incidents/<slug:number>/facts/", fact, name="fact"),
    path("incidents/<slug:number>/facts/<int:pk>/correct/", correct, name="correct_fact"),
    path("joins/<int:pk>/", join, name="join"),
    path("evidence/", evidence, name="evidence"),
    path("evidence/<slug:day>/", evidence_root, name="evidence_root"),
    path("inbox/", inbox, name="inbox"),
    path("inbox/<int:pk>/", message, name="message"),
]
