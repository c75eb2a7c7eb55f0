"""The addresses of the aftermath, under the incident they settle."""

from django.urls import path

from aftermath.views.entries import cost_of, end, enter, party_paid, pay, revise, withdraw
from aftermath.views.exports import ledger
from aftermath.views.pages import finish, insurance, insured, page, tell
from aftermath.views.years import this_year, year, year_file

app_name = "aftermath"

urlpatterns = [
    path("aftermath/insurance/", insured, name="insured"),
    path("aftermath/years/", this_year, name="this_year"),
    path("aftermath/years/<int:which>/", year, name="year"),
    path("aftermath/years/<int:which>/file/", year_file, name="year_file"),
    path("incidents/<slug:number>/aftermath/", page, name="page"),
    path("incidents/<slug:number>/aftermath/file/", ledger, name="ledger"),
    path("incidents/<slug:number>/aftermath/finish/", finish, name="finish"),
    path("incidents/<slug:number>/aftermath/insurance/", insurance, name="insurance"),
    path("incidents/<slug:number>/aftermath/insurance/tell/", tell, name="tell"),
    path("incidents/<slug:number>/aftermath/costs/<int:pk>/pay/", pay, name="pay"),
    path("incidents/<slug:number>/aftermath/liabilities/<int:pk>/paid/", party_paid, name="party_paid"),
    path("incidents/<slug:number>/aftermath/orders/<int:pk>/end/", end, name="end"),
    path(
        "incidents/<slug:number>/aftermath/measures/<int:pk>/cost/",
        cost_of,
        {"source": "measure"},
        name="cost_of_measure",
    ),
    path(
        "incidents/<slug:number>/aftermath/orders/<int:pk>/cost/",
        cost_of,
        {"source": "order"},
        name="cost_of_order",
    ),
    path("incidents/<slug:number>/aftermath/<slug:kind>/new/", enter, name="enter"),
    path("incidents/<slug:number>/aftermath/<slug:kind>/<int:pk>/", revise, name="revise"),
    path("incidents/<slug:number>/aftermath/<slug:kind>/<int:pk>/withdraw/", withdraw, name="withdraw"),
]
