"""The addresses of what is watched, of hazards and of warnings."""

from django.urls import path

from monitoring.views.answers import cap_file, confirm, measure, notice_file, report_warning, sharing
from monitoring.views.foods import foods, new_food, strike_food
from monitoring.views.hazards import (
    control,
    hazard,
    hazards,
    new_hazard,
    report_hazard,
    tell,
    withdraw,
)
from monitoring.views.observations import export, new_observation, overview
from monitoring.views.public import cap_feed, cap_message, helpers_word
from monitoring.views.tables import confirm_table, import_table, table_template
from monitoring.views.warnings import draft, drop, new_warning, sign, warning, warnings

app_name = "monitoring"

urlpatterns = [
    path("monitoring/", overview, name="overview"),
    path("monitoring/export/", export, name="export"),
    path("monitoring/sharing/", sharing, name="sharing"),
    path("monitoring/observations/new/", new_observation, name="new_observation"),
    path("monitoring/observations/import/", import_table, name="import_table"),
    path("monitoring/observations/import/confirm/", confirm_table, name="confirm_table"),
    path("monitoring/observations/import/template/", table_template, name="table_template"),
    path("monitoring/foods/", foods, name="foods"),
    path("monitoring/foods/new/", new_food, name="new_food"),
    path("monitoring/foods/<int:pk>/strike/", strike_food, name="strike_food"),
    path("monitoring/hazards/", hazards, name="hazards"),
    path("monitoring/hazards/new/", new_hazard, name="new_hazard"),
    path("monitoring/hazards/<int:pk>/", hazard, name="hazard"),
    path("monitoring/hazards/<int:pk>/control/", control, name="control_hazard"),
    path("monitoring/hazards/<int:pk>/tell/", tell, name="tell_of_hazard"),
    path("monitoring/hazards/<int:pk>/withdraw/", withdraw, name="withdraw_hazard"),
    path("monitoring/hazards/<int:pk>/report/", report_hazard, name="report_hazard"),
    path("monitoring/warnings/", warnings, name="warnings"),
    path("monitoring/warnings/new/", new_warning, name="new_warning"),
    path("monitoring/warnings/<int:pk>/", warning, name="warning"),
    path("monitoring/warnings/<int:pk>/draft/", draft, name="draft_bulletin"),
    path("monitoring/warnings/<int:pk>/drop/", drop, name="drop_draft"),
    path("monitoring/warnings/<int:pk>/sign/", sign, name="sign_warning"),
    path("monitoring/warnings/<int:pk>/confirm/", confirm, name="confirm_warning"),
    path("monitoring/warnings/<int:pk>/measure/", measure, name="answer_warning"),
    path("monitoring/warnings/<int:pk>/report/", report_warning, name="report_warning"),
    path("monitoring/warnings/<int:pk>/notice.pdf", notice_file, name="notice_file"),
    path("monitoring/warnings/<int:pk>/cap.xml", cap_file, name="cap_file"),
    path("feeds/cap.atom", cap_feed, name="cap_feed"),
    path("feeds/cap/<slug:identifier>.xml", cap_message, name="cap_message"),
    path("notice-to-regulator/", helpers_word, name="helpers_word"),
]
