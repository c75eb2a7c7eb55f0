"""The addresses of `readiness`."""

from django.urls import URLPattern, path

from readiness.views.drills import drills, evaluate
from readiness.views.imports import confirm_import, import_page, register_template
from readiness.views.registers import check, entry, export, new_entry, register_page, remove
from readiness.views.standing import area_page, check_intervals, readiness
from readiness.views.stock import replenish, use
from readiness.views.support import ask, support, support_request

app_name = "readiness"

REGISTER = "readiness/<slug:code>/<slug:register>/"
urlpatterns: list[URLPattern] = [
    path("readiness/", readiness, name="readiness"),
    path("readiness/intervals/", check_intervals, name="check_intervals"),
    path("readiness/<slug:code>/", area_page, name="area"),
    path("readiness/<slug:code>/drills/", drills, name="drills"),
    path("readiness/<slug:code>/drills/<int:pk>/evaluate/", evaluate, name="evaluate_drill"),
    path("readiness/<slug:code>/stores/<int:pk>/use/", use, name="use_stock"),
    path("readiness/<slug:code>/uses/<int:pk>/replenish/", replenish, name="replenish_stock"),
    path(REGISTER, register_page, name="register"),
    path(f"{REGISTER}new/", new_entry, name="new_entry"),
    path(f"{REGISTER}export/", export, name="export"),
    path(f"{REGISTER}import/", import_page, name="import"),
    path(f"{REGISTER}import/confirm/", confirm_import, name="confirm_import"),
    path(f"{REGISTER}template/", register_template, name="template"),
    path(f"{REGISTER}<int:pk>/", entry, name="entry"),
    path(f"{REGISTER}<int:pk>/check/", check, name="check_entry"),
    path(f"{REGISTER}<int:pk>/remove/", remove, name="remove_entry"),
    path("incidents/<slug:number>/support/", support, name="support"),
    path("incidents/<slug:number>/support/<slug:register>/<int:pk>/", ask, name="ask_support"),
    path("support/<int:pk>/", support_request, name="support_request"),
]
