"""The addresses of the hospital API, under `/api/v1/`."""

from django.urls import path, re_path
from drf_spectacular.views import SpectacularAPIView

from reporting.api.acts import Closing, Withdrawal
from reporting.api.base import NoSuchAddress
from reporting.api.batches import ClusterBatch
from reporting.api.docs import client, docs
from reporting.api.fhir import FhirBundles
from reporting.api.receipts import Receipts
from reporting.api.single_cases import SingleCases
from reporting.api.views import ClusterReport, ClusterReports, ClusterRevision

app_name = "reporting_api"

urlpatterns = [
    path("cluster-reports/", ClusterReports.as_view(), name="cluster_reports"),
    path("cluster-reports/batch/", ClusterBatch.as_view(), name="cluster_batch"),
    path("cluster-reports/<uuid:ref>/", ClusterReport.as_view(), name="cluster_report"),
    path(
        "cluster-reports/<uuid:ref>/revisions/<int:revision>/",
        ClusterRevision.as_view(),
        name="cluster_revision",
    ),
    path("cluster-reports/<uuid:ref>/withdraw/", Withdrawal.as_view(), name="withdraw_cluster"),
    path("cluster-reports/<uuid:ref>/close/", Closing.as_view(), name="close_cluster"),
    path("cases/", SingleCases.as_view(), name="single_cases"),
    path("fhir/", FhirBundles.as_view(), name="fhir"),
    path("receipts/", Receipts.as_view(), name="receipts"),
    path("docs/", docs, name="docs"),
    path("docs/hospital.py", client, name="client"),
    path("schema/", SpectacularAPIView.as_view(), name="schema"),
    # With line breaks in it as well, which `path` would leave to the pages.
    re_path(r"[\s\S]+", NoSuchAddress.as_view(), name="no_such_address"),
]
