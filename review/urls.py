"""The addresses of `review`."""

from django.urls import URLPattern, path

from review.views.after_action import after_action
from review.views.following import (
    above,
    improvement,
    improvement_act,
    improvements,
    new_improvement,
    team,
)
from review.views.paper_acts import paper_act, receipt
from review.views.papers import edit, new_paper, paper, paper_file, papers
from review.views.year import year, year_print, year_workbook

app_name = "review"

urlpatterns: list[URLPattern] = [
    path("incidents/<slug:number>/after-action/", after_action, name="after_action"),
    path("incidents/<slug:number>/papers/", papers, name="papers"),
    path("incidents/<slug:number>/papers/new/<slug:kind>/", new_paper, name="new_paper"),
    path("incidents/<slug:number>/papers/receipts/<int:pk>/", receipt, name="paper_receipt"),
    path("incidents/<slug:number>/papers/<int:pk>/", paper, name="paper"),
    path("incidents/<slug:number>/papers/<int:pk>/edit/", edit, name="edit_paper"),
    path("incidents/<slug:number>/papers/<int:pk>/file/<slug:file_format>/", paper_file, name="paper_file"),
    path("incidents/<slug:number>/papers/<int:pk>/<slug:act>/", paper_act, name="paper_act"),
    path("incidents/<slug:number>/team/", team, name="team"),
    path("incidents/<slug:number>/above/", above, name="above"),
    path("incidents/<slug:number>/improvements/new/", new_improvement, name="new_improvement"),
    path("improvements/", improvements, name="improvements"),
    path("improvements/<int:pk>/", improvement, name="improvement"),
    path("improvements/<int:pk>/<slug:act>/", improvement_act, name="improvement_act"),
    path("year/", year, name="year"),
    path("year/print/", year_print, name="year_print"),
    path("year/workbook/", year_workbook, name="year_workbook"),
]
