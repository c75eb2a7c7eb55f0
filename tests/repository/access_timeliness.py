"""Who may go through the doors to the statistics of timeliness and to suspicions, by the matrix of `access.py`."""

from tests.repository.access import ELSEWHERE, HERE, SEES_HERE, Door, only

SEES_TIMELINESS = frozenset({"city-fso"}) | {
    f"{county}-{body}" for county in (HERE, ELSEWHERE) for body in ("gov", "fso", "regulator")
}
KEEPS = frozenset({"city-fso", "city-gov"}) | {f"{HERE}-fso", f"{ELSEWHERE}-fso"}
KEEPS_HERE = KEEPS - {f"{ELSEWHERE}-fso"}
# The city's government deals with suspicions against the city's office alone: of an operator's it learns nothing.
OF_OPERATOR = KEEPS_HERE - {"city-gov"}
NOT_IN_CHARGE = frozenset({"city-gov"})
# Of its file the accused unit sees the question to it and nothing else.
ACCUSED = frozenset({"hosp-yinzhou-people"})
FILE_FORMS = (
    "evidence_of_file",
    "question_to_accused",
    "refer",
    "outcome_of_file",
    "close_file",
    "record_answer",
    "referral_step",
)

TIMELINESS_DOORS: tuple[Door, ...] = (
    Door("GET", "reporting:timeliness", 200, SEES_TIMELINESS),
    only("POST", "reporting:timeliness"),
    Door("GET", "reporting:timeliness_csv", 200, SEES_TIMELINESS),
    only("POST", "reporting:timeliness_csv"),
    Door("GET", "response:suspicions", 200, KEEPS),
    only("POST", "response:suspicions"),
    Door("GET", "response:accountability", 200, KEEPS_HERE, seen_by=SEES_HERE),
    only("POST", "response:accountability"),
    Door("GET", "response:new_file", 200, KEEPS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:new_file", 422, KEEPS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:prompt", 200, OF_OPERATOR, seen_by=SEES_HERE, hidden_from=NOT_IN_CHARGE),
    Door("POST", "response:prompt", 422, OF_OPERATOR, seen_by=SEES_HERE, hidden_from=NOT_IN_CHARGE),
    *(
        Door("GET", f"response:{name}", 200, OF_OPERATOR, seen_by=SEES_HERE, hidden_from=NOT_IN_CHARGE)
        for name in ("accountability_file", "referral_file", *FILE_FORMS)
    ),
    *(
        Door("POST", f"response:{name}", 422, OF_OPERATOR, seen_by=SEES_HERE, hidden_from=NOT_IN_CHARGE)
        for name in FILE_FORMS
    ),
    only("POST", "response:accountability_file"),
    only("POST", "response:referral_file"),
    Door("GET", "response:accused_question", 200, ACCUSED, seen_by=ACCUSED),
    Door("POST", "response:accused_question", 422, ACCUSED, seen_by=ACCUSED),
)
