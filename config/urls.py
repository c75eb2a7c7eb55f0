"""Every address of the product."""

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from config.health import clockz, healthz, readyz
from config.metrics import metrics
from response.views.home import home

handler400 = "config.errors.bad_request"
handler403 = "config.errors.permission_denied"
handler404 = "config.errors.not_found"
handler500 = "config.errors.server_error"

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("", include("accounts.urls")),
    path("", include("reporting.urls")),
    path("", include("reporting.public_urls", namespace="public"), {"language": "zh-hans"}),
    path("en/", include("reporting.public_urls", namespace="public_en"), {"language": "en"}),
    path("", include("response.urls")),
    path("", include("monitoring.urls")),
    path("", include("monitoring.public_urls", namespace="warnings_public"), {"language": "zh-hans"}),
    path("en/", include("monitoring.public_urls", namespace="warnings_public_en"), {"language": "en"}),
    path("", include("readiness.urls")),
    path("", include("aftermath.urls")),
    path("", include("drills.urls")),
    path("", include("editions.urls")),
    path("", include("review.urls")),
    path("api/v1/", include("monitoring.api_urls")),
    path("api/v1/", include("reporting.api_urls")),
    path("language/", set_language, name="language"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("clockz", clockz, name="clockz"),
    path("metrics", metrics, name="metrics"),
]
