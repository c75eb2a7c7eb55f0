"""The address of observations in the interface, under `/api/v1/`."""

from django.urls import path

from monitoring.api.observations import Observations

app_name = "monitoring_api"
urlpatterns = [path("observations/", Observations.as_view(), name="observations")]
