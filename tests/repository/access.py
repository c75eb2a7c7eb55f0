"""Who may go through which door: every address and method, with the answer each role gets.

A new address gets a row here, and a new kind of office a place in the groups; both are missed by the test otherwise.
"""

from dataclasses import dataclass

HERE, ELSEWHERE = "330212", "330203"

# Roles that are no person in an office: nobody, a person whose office has ended, hospitals' systems.
ANONYMOUS, NO_OFFICE, KEY, OTHER_KEY = "anonymous", "no-office", "key", "other-key"
KEYS = frozenset({KEY, OTHER_KEY})

COUNTY_BODIES = ("gov", "commission", "fso", "regulator", "health", "cdc")
# Offices are named by the code of an organisation of their kind.
HERE_OFFICES = frozenset(f"{HERE}-{body}" for body in COUNTY_BODIES) | {"hosp-yinzhou-people"}
ELSEWHERE_OFFICES = frozenset(f"{ELSEWHERE}-{body}" for body in COUNTY_BODIES) | {"hosp-first"}
CITY_OFFICES = frozenset(
    {
        "city-gov",
        "city-party",
        "city-duty",
        "city-commission",
        "city-fso",
        "city-regulator",
        "city-health",
        "city-politics-law",
        "city-cyberspace",
        "city-petitions",
        "city-police",
        "city-justice",
        "city-court",
        "city-procuratorate",
        "city-publicity",
        "city-emergency",
        "city-agriculture",
        "city-ecology",
        "city-cdc",
        "city-insurance",
        "province-regulator",
        "province-commission",
    }
)
# People who manage people and keys from an office; at every other door they are what their office is.
MANAGERS = {
    "manager-city": "city-fso",
    "manager-here": f"{HERE}-fso",
    "manager-elsewhere": f"{ELSEWHERE}-regulator",
}
OFFICES = HERE_OFFICES | ELSEWHERE_OFFICES | CITY_OFFICES
PEOPLE = OFFICES | {NO_OFFICE} | frozenset(MANAGERS)
EVERYONE = PEOPLE | KEYS | {ANONYMOUS}

CITY_SEES = frozenset(
    {"city-gov", "city-duty", "city-commission", "city-fso", "city-regulator", "city-health"}
)
WATCHES = CITY_SEES | {
    f"{county}-{body}"
    for county in (HERE, ELSEWHERE)
    for body in ("gov", "commission", "fso", "regulator", "health")
}
# The bodies of the working groups and the technical ones act on incidents; the board is not theirs (3.3, 3.4).
GROUP_BODIES = frozenset(
    {
        "city-politics-law",
        "city-cyberspace",
        "city-petitions",
        "city-police",
        "city-justice",
        "city-court",
        "city-procuratorate",
        "city-publicity",
        "city-agriculture",
        "city-cdc",
    }
)
SEES_HERE = CITY_SEES | GROUP_BODIES | {f"{HERE}-{body}" for body in COUNTY_BODIES}
SEES = SEES_HERE | {f"{ELSEWHERE}-{body}" for body in COUNTY_BODIES}
CITY_DESKS = frozenset({"city-fso", "city-regulator"})
DESKS_HERE = CITY_DESKS | {f"{HERE}-fso", f"{HERE}-regulator"}
DESKS = DESKS_HERE | {f"{ELSEWHERE}-fso", f"{ELSEWHERE}-regulator"}
RECORDS_FACTS_HERE = DESKS_HERE | {f"{HERE}-health", "city-health"}
RECORDS_DELIVERIES_HERE = DESKS_HERE | {f"{HERE}-gov", "city-duty", "city-health"}
FIXES_LEVELS_HERE = frozenset({"city-fso", f"{HERE}-fso"})
# Of a call from the county's government to the duty room: its two sides, and the desks that speak for the county (A50).
SPEAKS_HERE = frozenset({f"{HERE}-gov", f"{HERE}-fso", f"{HERE}-regulator", "city-duty"})
MANAGE = frozenset(MANAGERS)
MANAGE_HERE = MANAGE - {"manager-elsewhere"}
NAMES_UNITS = frozenset({"city-fso"})
KEEPS_ROOTS = frozenset({"city-fso", "city-duty"})
REPORTED_HERE = frozenset({f"{HERE}-regulator"})


@dataclass(frozen=True, slots=True)
class Door:
    """One address and method. Those who may get `status`; persons who may not get `refused`, all others `outside`.

    `seen_by`: to persons not in it, and to those it is `hidden_from`, the thing does not exist (404). `other_key`: for hospitals' keys that may not.
    """

    method: str
    name: str
    status: int
    may: frozenset[str]
    seen_by: frozenset[str] = PEOPLE
    refused: int = 403
    outside: int = 302
    other_key: int = 302
    hidden_from: frozenset[str] = frozenset()

    def answer_for(self, role: str) -> int:
        """The status this role gets."""
        if {role, MANAGERS.get(role)} & self.may:
            return self.status
        if role in KEYS:
            return self.other_key
        if role not in PEOPLE:
            return self.outside
        seen = {role, MANAGERS.get(role)} & self.seen_by and role not in self.hidden_from
        return self.refused if seen else 404


def managing(method: str, name: str, status: int = 200, may: frozenset[str] = MANAGE_HERE) -> Door:
    """A page for managers: to those of another county the person or key does not exist."""
    return Door(method, name, status, may, hidden_from=MANAGE - may)


def only(method: str, name: str) -> Door:
    """An address that does not know this method, whoever asks."""
    return Door(method, name, 405, EVERYONE)


def api(method: str, name: str, status: int, may: frozenset[str] = KEYS) -> Door:
    """An address of the hospital API: without a key 401, whoever is logged in; with another hospital's key 404."""
    return Door(method, name, status, may, refused=401, outside=401, other_key=404)


DOORS: tuple[Door, ...] = (
    Door("GET", "accounts:login", 200, EVERYONE - PEOPLE, refused=302),
    Door("POST", "accounts:login", 422, EVERYONE),
    only("GET", "accounts:logout"),
    Door("POST", "accounts:logout", 302, EVERYONE),
    Door("GET", "accounts:switch_office", 200, PEOPLE),
    Door("POST", "accounts:switch_office", 403, PEOPLE),
    Door("GET", "accounts:password", 200, PEOPLE),
    Door("POST", "accounts:password", 422, PEOPLE),
    Door("GET", "accounts:code", 302, EVERYONE),
    Door("POST", "accounts:code", 302, EVERYONE),
    Door("GET", "accounts:second_factor", 200, PEOPLE),
    Door("POST", "accounts:second_factor", 400, PEOPLE),
    managing("GET", "accounts:people", may=MANAGE),
    managing("POST", "accounts:people", may=MANAGE),
    managing("GET", "accounts:new_person", may=MANAGE),
    managing("POST", "accounts:new_person", 422, may=MANAGE),
    managing("GET", "accounts:person"),
    only("POST", "accounts:person"),
    managing("GET", "accounts:grant_office"),
    managing("POST", "accounts:grant_office", 422),
    managing("GET", "accounts:person_act"),
    managing("POST", "accounts:person_act", 302),
    managing("GET", "accounts:end_office"),
    managing("POST", "accounts:end_office", 302),
    only("GET", "accounts:manage_office"),
    managing("POST", "accounts:manage_office", 302),
    managing("GET", "accounts:keys", may=MANAGE),
    only("POST", "accounts:keys"),
    managing("GET", "accounts:new_key", may=MANAGE),
    managing("POST", "accounts:new_key", 422, may=MANAGE),
    managing("GET", "accounts:revoke_key"),
    managing("POST", "accounts:revoke_key", 422),
    managing("GET", "accounts:bind_key"),
    managing("POST", "accounts:bind_key", 302),
    Door("GET", "reporting:new", 200, DESKS),
    Door("POST", "reporting:new", 422, DESKS),
    only("GET", "reporting:places"),
    Door("POST", "reporting:places", 200, DESKS),
    Door("GET", "reporting:report", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "reporting:report"),
    Door("GET", "reporting:withdraw", 200, REPORTED_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:withdraw", 302, REPORTED_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:delivery", 200, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:delivery", 422, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:correct_delivery", 200, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:correct_delivery", 422, SPEAKS_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:explanation", 200, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:explanation", 422, RECORDS_DELIVERIES_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:operator", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "reporting:operator", 422, DESKS_HERE, seen_by=SEES_HERE),
    Door("GET", "reporting:city_unit", 200, NAMES_UNITS, seen_by=SEES_HERE),
    Door("POST", "reporting:city_unit", 422, NAMES_UNITS, seen_by=SEES_HERE),
    Door("GET", "response:incidents", 200, SEES),
    only("POST", "response:incidents"),
    Door("GET", "response:incident", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:incident"),
    Door("GET", "response:incident_part", 200, SEES_HERE, seen_by=SEES_HERE),
    only("POST", "response:incident_part"),
    Door("GET", "response:confirm", 200, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:confirm", 422, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:no_incident", 200, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:no_incident", 422, FIXES_LEVELS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:county", 200, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:county", 422, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:fact", 200, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:fact", 422, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:correct_fact", 200, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:correct_fact", 422, RECORDS_FACTS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:merge", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:merge", 422, DESKS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:split", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:split", 422, DESKS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:join", 200, DESKS_HERE, seen_by=SEES_HERE),
    Door("POST", "response:join", 302, DESKS_HERE, seen_by=SEES_HERE),
    Door("GET", "response:evidence", 200, KEEPS_ROOTS),
    only("POST", "response:evidence"),
    Door("GET", "response:evidence_root", 404, KEEPS_ROOTS),
    only("POST", "response:evidence_root"),
    Door("GET", "response:inbox", 200, PEOPLE),
    only("POST", "response:inbox"),
    Door("GET", "response:unread", 200, PEOPLE),
    only("POST", "response:unread"),
    only("GET", "response:message"),
    Door("POST", "response:message", 302, REPORTED_HERE, seen_by=REPORTED_HERE),
    Door("GET", "language", 302, EVERYONE),
    Door("POST", "language", 302, EVERYONE),
    Door("GET", "healthz", 200, EVERYONE),
    only("POST", "healthz"),
    Door("GET", "readyz", 200, EVERYONE),
    only("POST", "readyz"),
    Door("GET", "clockz", 200, EVERYONE),
    only("POST", "clockz"),
    # Closed until an installation sets a token; then open to whoever brings it.
    Door("GET", "metrics", 404, EVERYONE),
    only("POST", "metrics"),
)

# The live feed lies outside Django's addresses.
FEED = Door("GET", "/events/", 200, PEOPLE - {NO_OFFICE}, outside=401)
