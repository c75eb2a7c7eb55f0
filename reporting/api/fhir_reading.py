"""From a FHIR R4 bundle to the API's own cluster report, naming what has no place in it (5.1(3))."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from reporting.api.fhir_cases import DISTRICT, case_of
from reporting.api.fhir_elements import Resource, first, key, parts, target

COMMON: Final = frozenset({"resourceType", "id", "meta", "text", "language", "implicitRules", "status"})
READ: Final[Mapping[str, frozenset[str]]] = {
    "Patient": frozenset(
        [
            "identifier",
            "gender",
            "birthDate",
            "name",
            "telecom",
            "address",
            "deceasedBoolean",
            "deceasedDateTime",
            "active",
        ]
    ),
    "Encounter": frozenset(["class", "period", "subject"]),
    "Condition": frozenset(
        ["code", "onsetDateTime", "severity", "subject", "clinicalStatus", "verificationStatus"]
    ),
    "Observation": frozenset(
        [
            "category",
            "code",
            "subject",
            "specimen",
            "effectiveDateTime",
            "interpretation",
            "valueBoolean",
            "valueString",
            "valueQuantity",
            "valueCodeableConcept",
        ]
    ),
    "Specimen": frozenset(["type", "subject", "collection"]),
    "Location": frozenset(["name", "identifier", "address"]),
    "Group": frozenset(["quantity", "type", "actual"]),
}


def read_bundle(bundle: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the report a bundle makes, and the names of elements that were not taken over.

    `Bundle.identifier` is the hospital's reference, `Bundle.meta.versionId` the revision. Without patients a Group's
    quantity is the number ill. Refused: what is no bundle, or has no identifier.
    """
    if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
        raise _refusal("resourceType", _("报文须为FHIR R4的Bundle。"))
    reference = first(bundle, "identifier", "value")
    if not reference:
        raise _refusal("identifier", _("Bundle.identifier.value为必填项，作为本院自己的编号。"))
    resources = [each for each in parts(bundle, "entry", "resource") if isinstance(each, Mapping)]
    left: dict[str, None] = {}
    for each in resources:
        left |= dict.fromkeys(_unread(each))
    cases = _cases(bundle, resources, left)
    version = first(bundle, "meta", "versionId") or "1"
    report = {
        "reference": reference,
        "revision": int(version) if version.isascii() and version.isdecimal() else version,
        "place": _place(resources),
        "first_onset_at": None,
        "counts": {"ill": len(cases) or next(parts(_of("Group", resources), "quantity"), None)},
    }
    return report | ({"cases": cases} if cases else {}), list(left)


def _cases(bundle: Resource, resources: list[Resource], left: dict[str, None]) -> list[dict[str, Any]]:
    names = _names(bundle)
    theirs: dict[int, list[Resource]] = {}
    for each in resources:
        whose = names.get(target(each, "subject"))
        if whose is not None:
            theirs.setdefault(whose, []).append(each)
        elif each.get("subject") is not None:
            left[f"{each.get('resourceType')}.subject"] = None
    return [
        case_of(patient, theirs.get(id(patient), []), left.setdefault)
        for patient in _of("Patient", resources)
    ]


def _names(bundle: Resource) -> dict[str, int]:
    """Return which patient each id and address of the bundle leads to."""
    names = {}
    for entry in parts(bundle, "entry"):
        patient = entry.get("resource") if isinstance(entry, Mapping) else None
        if isinstance(patient, Mapping) and patient.get("resourceType") == "Patient":
            for name in (first(patient, "id"), key(first(entry, "fullUrl"))):
                names[name] = id(patient)
    names.pop("", None)
    return names


def _place(resources: Iterable[Resource]) -> dict[str, Any] | None:
    location = next(iter(_of("Location", resources)), None)
    if location is None:
        return None
    district = first(location, "address", "district")
    found = {
        "registry_code": first(location, "identifier", "value"),
        "address": first(location, "address", "text"),
        "county": district if DISTRICT.fullmatch(district) else "",
    }
    return {"name": first(location, "name") or None} | {name: said for name, said in found.items() if said}


def _of(kind: str, resources: Iterable[Resource]) -> list[Resource]:
    return [each for each in resources if each.get("resourceType") == kind]


def _unread(resource: Resource) -> Iterable[str]:
    """Yield the elements of a resource that nobody reads; of a kind nobody reads, its name alone.

    Names only as FHIR writes them: anything else a sender put there could be personal.
    """
    kind = str(resource.get("resourceType"))
    if kind not in READ:
        return [kind] if kind.isascii() and kind.isalpha() else ["resourceType"]
    return [
        f"{kind}.{name}"
        for name in resource
        if name not in READ[kind] | COMMON and name.isascii() and name.isalpha()
    ]


def _refusal(element: str, text: str) -> ValidationError:
    return ValidationError({element: [ErrorDetail(text, "fhir_bundle")]})
