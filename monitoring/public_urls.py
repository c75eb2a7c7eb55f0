"""The addresses of warnings to the public; each stands twice, once for each language."""

from django.urls import path

from monitoring.views.public import public_warning, public_warnings

app_name = "warnings_public"
urlpatterns = [
    path("warnings/", public_warnings, name="list"),
    path("warnings/<slug:identifier>/", public_warning, name="one"),
]
