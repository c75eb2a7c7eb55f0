"""The addresses of `drills`; what lies behind `drills/<pk>/world/` is answered before them (config/drilling.py)."""

from django.urls import URLPattern, path

from drills.views import drills

app_name = "drills"

urlpatterns: list[URLPattern] = [
    path("drills/", drills.drills, name="drills"),
    path("drills/new/", drills.new_drill, name="new_drill"),
    path("drills/<int:pk>/", drills.drill, name="drill"),
    path("drills/<int:pk>/bar/", drills.bar, name="bar"),
    path("drills/<int:pk>/injects/<int:inject>/", drills.note, name="note"),
    path("drills/<int:pk>/<slug:act>/", drills.act, name="act"),
]
