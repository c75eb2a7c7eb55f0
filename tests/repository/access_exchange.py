"""Who may go through the doors of the hospital API, by the matrix of `access.py`."""

from tests.repository.access import EVERYONE, KEY, Door, api, only

EXCHANGE_DOORS: tuple[Door, ...] = (
    api("GET", "reporting_api:cluster_reports", 200),
    api("POST", "reporting_api:cluster_reports", 400),
    api("GET", "reporting_api:cluster_batch", 405),
    api("POST", "reporting_api:cluster_batch", 415),
    api("GET", "reporting_api:single_cases", 200),
    api("POST", "reporting_api:single_cases", 415),
    api("GET", "reporting_api:fhir", 405),
    api("POST", "reporting_api:fhir", 415),
    api("GET", "reporting_api:cluster_report", 200, frozenset({KEY})),
    api("POST", "reporting_api:cluster_report", 405),
    api("GET", "reporting_api:cluster_revision", 405),
    api("POST", "reporting_api:cluster_revision", 405),
    api("GET", "reporting_api:withdraw_cluster", 405),
    api("POST", "reporting_api:withdraw_cluster", 415, frozenset({KEY})),
    api("GET", "reporting_api:close_cluster", 405),
    api("POST", "reporting_api:close_cluster", 200, frozenset({KEY})),
    Door("GET", "reporting_api:docs", 200, EVERYONE),
    only("POST", "reporting_api:docs"),
    Door("GET", "reporting_api:client", 200, EVERYONE),
    only("POST", "reporting_api:client"),
    Door("GET", "reporting_api:schema", 200, EVERYONE),
    only("POST", "reporting_api:schema"),
    Door("GET", "reporting_api:no_such_address", 404, EVERYONE),
    Door("POST", "reporting_api:no_such_address", 404, EVERYONE),
)
