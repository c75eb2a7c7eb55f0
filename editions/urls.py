"""The addresses of the plan's editions and of the counties' plans."""

from django.urls import path

from editions.views.counties import county_plans, finding_step, new_county_plan, new_inspection
from editions.views.drafts import compared, draft, editions, new_draft, new_law_note, new_review

app_name = "editions"

urlpatterns = [
    path("plan/", editions, name="list"),
    path("plan/compare/<str:older>/<str:newer>/", compared, name="compared"),
    path("plan/drafts/new/", new_draft, name="new_draft"),
    path("plan/drafts/<str:key>/", draft, name="draft"),
    path("plan/laws/new/", new_law_note, name="new_law_note"),
    path("plan/reviews/new/", new_review, name="new_review"),
    path("plan/counties/", county_plans, name="counties"),
    path("plan/counties/<str:code>/new/", new_county_plan, name="new_county_plan"),
    path("plan/inspections/new/", new_inspection, name="new_inspection"),
    path("plan/findings/<int:pk>/", finding_step, name="finding_step"),
]
