"""The addresses of the public door; each stands twice, once for each language."""

from django.urls import path

from reporting.views.public import add, new, status

app_name = "public"
urlpatterns = [
    path("report/", new, name="new"),
    path("report/status/", status, name="status"),
    path("report/status/add/", add, name="add"),
]
