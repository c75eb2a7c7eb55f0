"""The addresses of the board, the incidents and the inbox."""

from django.urls import path

from response.views.accountability import accountability, new_file, prompt, suspicions
from response.views.accountability_files import (
    accountability_file,
    close_file,
    evidence_of_file,
    outcome_of_file,
    question_to_accused,
)
from response.views.board import board, board_part
from response.views.brief import brief, brief_file
from response.views.card import card, card_file, enter_card
from response.views.cases import case_person, cases, same_person
from response.views.components import components
from response.views.decisions import confirm, county, join, no_incident
from response.views.disputes import dispute, disputes, new_dispute
from response.views.evidence import evidence, evidence_root
from response.views.experts import drop, experts
from response.views.exports import export
from response.views.facts import correct, fact
from response.views.families import merge, split
from response.views.glossary import glossary
from response.views.groups import change, groups, leave, report, set_up
from response.views.handover import handover
from response.views.handover import take as take_handover
from response.views.home import desk_part
from response.views.inbox import inbox, message, read_all, unread
from response.views.incidents import incident, incidents
from response.views.line_lists import confirm_list, line_list_template, line_lists
from response.views.measures import go_on, measures, retract, take, task
from response.views.members import member, members
from response.views.orders import approvals, order, orders
from response.views.outbreak import define, histories, outbreak
from response.views.parts import incident_part
from response.views.patients import new_patients, patient, patients, take_back, take_lists, transfer
from response.views.referrals import accused_question, record_answer, refer, referral_file, referral_step
from response.views.requests import data_request, data_requests
from response.views.responding import act, responding
from response.views.search import search
from response.views.signalling import dismiss, signal, signal_list_page, take_back_signal, take_up
from response.views.single_cases import (
    confirm_cases,
    single_case_template,
    single_cases,
    withdraw_case,
)
from response.views.told import incident_preview, letter, preview, told
from response.views.wall import wall, wall_part

app_name = "response"
urlpatterns = [
    path("export/<slug:table>/", export, name="export"),
    path("handover/", handover, name="handover"),
    path("handover/<int:pk>/take/", take_handover, name="take_handover"),
    path("brief/", brief, name="brief"),
    path("brief/file/", brief_file, name="brief_file"),
    path("incidents/<slug:number>/brief/", brief, name="incident_brief"),
    path("incidents/<slug:number>/brief/file/", brief_file, name="incident_brief_file"),
    path("components/", components, name="components"),
    path("search/", search, name="search"),
    path("glossary/", glossary, name="glossary"),
    path("desk/", desk_part, name="desk_part"),
    path("board/", board, name="board"),
    path("board/clocks/", board, {"part": "clocks"}, name="board_clocks"),
    path("board/counties/", board, {"part": "counties"}, name="board_counties"),
    path("board/work/", board, {"part": "work"}, name="board_work"),
    path("board/parts/<slug:part>/", board_part, name="board_part"),
    path("wall/", wall, name="wall"),
    path("wall/part/", wall_part, name="wall_part"),
    path("signals/", signal_list_page, name="signal_list"),
    path("signals/<int:pk>/", signal, name="signal"),
    path("signals/<int:pk>/take-up/", take_up, name="take_up_signal"),
    path("signals/<int:pk>/dismiss/", dismiss, name="dismiss_signal"),
    path("signals/<int:pk>/take-back/", take_back_signal, name="take_back_signal"),
    path("incidents/", incidents, name="incidents"),
    path("incidents/<slug:number>/", incident, name="incident"),
    path("incidents/<slug:number>/parts/<slug:part>/", incident_part, name="incident_part"),
    path("incidents/<slug:number>/confirm/", confirm, name="confirm"),
    path("incidents/<slug:number>/no-incident/", no_incident, name="no_incident"),
    path("incidents/<slug:number>/counties/", county, name="county"),
    path("incidents/<slug:number>/facts/", fact, name="fact"),
    path("incidents/<slug:number>/facts/<int:pk>/correct/", correct, name="correct_fact"),
    path("incidents/<slug:number>/measures/", measures, name="measures"),
    path("incidents/<slug:number>/measures/<int:pk>/retract/", retract, name="retract"),
    path("incidents/<slug:number>/measures/<int:pk>/<slug:kind>/", go_on, name="go_on"),
    path("incidents/<slug:number>/measures/<slug:kind>/", take, name="take"),
    path("incidents/<slug:number>/tasks/<str:code>/", task, name="task"),
    path("incidents/<slug:number>/disputes/", disputes, name="disputes"),
    path("incidents/<slug:number>/disputes/new/", new_dispute, name="new_dispute"),
    path("incidents/<slug:number>/disputes/<int:pk>/", dispute, name="dispute"),
    path("incidents/<slug:number>/groups/", groups, name="groups"),
    path("incidents/<slug:number>/headquarters/<int:pk>/groups/", set_up, name="set_up_group"),
    path("incidents/<slug:number>/groups/<int:pk>/report/", report, name="group_report"),
    path("incidents/<slug:number>/groups/<int:pk>/", change, name="change_group"),
    path("incidents/<slug:number>/members/<int:pk>/leave/", leave, name="leave_group"),
    path("incidents/<slug:number>/patients/", patients, name="patients"),
    path("incidents/<slug:number>/patients/new/", new_patients, name="new_patients"),
    path("incidents/<slug:number>/patients/lists/", take_lists, name="take_lists"),
    path("incidents/<slug:number>/patients/<int:pk>/", patient, name="patient"),
    path("incidents/<slug:number>/patients/<int:pk>/transfer/", transfer, name="transfer_patient"),
    path("incidents/<slug:number>/patients/events/<int:pk>/retract/", take_back, name="take_back_turn"),
    path("incidents/<slug:number>/cases/", cases, name="cases"),
    path("incidents/<slug:number>/cases/<int:pk>/person/", case_person, name="case_person"),
    path("incidents/<slug:number>/cases/<int:pk>/same/<int:other>/", same_person, name="same_person"),
    path("incidents/<slug:number>/outbreak/", outbreak, name="outbreak"),
    path("incidents/<slug:number>/outbreak/definition/", define, name="define_cases"),
    path("incidents/<slug:number>/outbreak/histories/", histories, name="food_histories"),
    path("incidents/<slug:number>/outbreak/card/", card, name="outbreak_card"),
    path("incidents/<slug:number>/outbreak/card/enter/", enter_card, name="enter_card"),
    path("incidents/<slug:number>/outbreak/card/file/", card_file, name="outbreak_card_file"),
    path("incidents/<slug:number>/response/", responding, name="responding"),
    path("incidents/<slug:number>/response/<slug:slug>/", act, name="act"),
    path("incidents/<slug:number>/response/<slug:slug>/<int:pk>/", act, name="act_on"),
    path("line-lists/", line_lists, name="line_lists"),
    path("line-lists/confirm/", confirm_list, name="confirm_list"),
    path("line-lists/template/", line_list_template, name="line_list_template"),
    path("single-cases/", single_cases, name="single_cases"),
    path("single-cases/confirm/", confirm_cases, name="confirm_cases"),
    path("single-cases/template/", single_case_template, name="single_case_template"),
    path("single-cases/<int:pk>/withdraw/", withdraw_case, name="withdraw_case"),
    path("experts/", experts, name="experts"),
    path("experts/<int:pk>/drop/", drop, name="drop_expert"),
    path("requests/", data_requests, name="data_requests"),
    path("requests/<int:pk>/", data_request, name="data_request"),
    path("orders/", orders, name="orders"),
    path("orders/<int:pk>/", order, name="order"),
    path("approvals/", approvals, name="approvals"),
    path("members/", members, name="members"),
    path("members/<slug:code>/", member, name="member"),
    path("incidents/<slug:number>/merge/", merge, name="merge"),
    path("incidents/<slug:number>/split/", split, name="split"),
    path("joins/<int:pk>/", join, name="join"),
    path("accountability/", suspicions, name="suspicions"),
    path("incidents/<slug:number>/accountability/", accountability, name="accountability"),
    path("incidents/<slug:number>/accountability/new/", new_file, name="new_file"),
    path("incidents/<slug:number>/accountability/<slug:subject>/", prompt, name="prompt"),
    path("accountability/questions/<int:pk>/", accused_question, name="accused_question"),
    *(
        path(f"incidents/<slug:number>/accountability/{where}/", view, name=name)
        for where, view, name in (
            ("files/<int:pk>", accountability_file, "accountability_file"),
            ("files/<int:pk>/evidence", evidence_of_file, "evidence_of_file"),
            ("files/<int:pk>/ask", question_to_accused, "question_to_accused"),
            ("files/<int:pk>/refer/<slug:kind>", refer, "refer"),
            ("files/<int:pk>/outcome", outcome_of_file, "outcome_of_file"),
            ("files/<int:pk>/close", close_file, "close_file"),
            ("questions/<int:pk>/answer", record_answer, "record_answer"),
            ("referrals/<int:pk>/step", referral_step, "referral_step"),
            ("referrals/<int:pk>/file/<slug:file_format>", referral_file, "referral_file"),
        )
    ),
    path("evidence/", evidence, name="evidence"),
    path("evidence/<slug:day>/", evidence_root, name="evidence_root"),
    path("inbox/", inbox, name="inbox"),
    path("inbox/read/", read_all, name="read_all"),
    path("inbox/unread/", unread, name="unread"),
    path("inbox/<int:pk>/", message, name="message"),
    path("inbox/<int:pk>/told/", told, name="told"),
    path("letters/<int:pk>/", letter, name="letter"),
    path("told/", preview, name="preview"),
    path("incidents/<slug:number>/told/", incident_preview, name="incident_preview"),
]
