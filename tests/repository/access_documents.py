"""The doors of the reports of 5.1(8): a draft of the county's, and its 初报 that was faxed to the duty room."""

from tests.repository.access import HERE, RECORDS_DELIVERIES_HERE, SEES_HERE, SPEAKS_HERE, Door, only

WRITES_HERE = frozenset({f"{HERE}-gov", f"{HERE}-fso", f"{HERE}-regulator"})

DOCUMENT_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:documents", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "reporting:documents"),
    Door("GET", "reporting:new_document", 200, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:new_document", 422, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:record_call", 200, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:record_call", 422, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:document", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    only("POST", "reporting:document"),
    Door("GET", "reporting:edit_document", 200, WRITES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:edit_document", 422, WRITES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:document_file", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    only("POST", "reporting:document_file"),
    Door("GET", "reporting:document_act", 200, WRITES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:document_act", 422, WRITES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:receipt", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:receipt", 422, SPEAKS_HERE, seen_by=SEES_HERE),
)
