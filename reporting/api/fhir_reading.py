"""From a FHIR R4 bundle to the API's own cluster report, naming what has no place in it (5.1(3))."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final

from django.utils.translation import gettext as _
from rest_framework.exceptions import ErrorDetail, ValidationError

from reporting.api.fhir_cases import DISTRICT, case_of
from reporting.api.fhir_elements import Resource, concept, first, key, parts, target

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
    "Condition": frozenset(["code", "onsetDateTime", "severity", "subject"]),
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
    "QuestionnaireResponse": frozenset(["item", "subject"]),
}
SHAPES: Final[Mapping[str, type]] = {"identifier": dict, "meta": dict, "entry": list}
OF_BUNDLE: Final = frozenset({"type", "identifier", "entry"})
OF_PATIENTS: Final = frozenset({"Encounter", "Condition", "Observation", "Specimen", "QuestionnaireResponse"})
# What its own sender no longer stands by.
WITHDRAWN: Final = frozenset({"entered-in-error", "cancelled", "refuted"})
ELEMENT: Final = re.compile(r"_?[A-Za-z]+")


def read_bundle(bundle: Any) -> tuple[dict[str, Any], list[str]]:
    """Return the report a bundle makes, and the names of elements that were not taken over.

    `Bundle.identifier` is the hospital's reference, `Bundle.meta.versionId` the revision. Without patients a Group's
    quantity is the number ill. Refused: what is no bundle, or has no identifier.
    """
    if not isinstance(bundle, Mapping) or bundle.get("resourceType") != "Bundle":
        raise _refusal("resourceType", _("报文须为FHIR R4的Bundle。"))
    wrong = [name for name, kind in SHAPES.items() if not isinstance(bundle.get(name, kind()), kind)]
    if wrong:
        raise _refusal(wrong[0], _("Bundle的这一元素不是FHIR R4规定的类型。"))
    reference = first(bundle, "identifier", "value")
    if not reference:
        raise _refusal("identifier", _("Bundle.identifier.value为必填项，作为本院自己的编号。"))
    left = dict.fromkeys(_names_in("Bundle", bundle, OF_BUNDLE))
    resources = list(_resources(bundle, left))
    for each in resources:
        left |= dict.fromkeys(_unread(each))
    cases = _cases(bundle, resources, left)
    places, groups = _of("Location", resources), _of("Group", resources)
    left |= {each["resourceType"]: None for each in (*places[1:], *(groups if cases else groups[1:]))}
    version = first(bundle, "meta", "versionId") or "1"
    report = {
        "reference": reference,
        "revision": int(version) if version.isascii() and version.isdecimal() else version,
        "place": _place(places),
        "first_onset_at": None,
        "counts": {"ill": len(cases) or next(parts(groups[:1], "quantity"), None)},
    }
    return report | ({"cases": cases} if cases else {}), list(left)


def _cases(bundle: Resource, resources: list[Resource], left: dict[str, None]) -> list[dict[str, Any]]:
    names = _names(bundle)
    theirs: dict[int, list[Resource]] = {}
    for each in resources:
        whose = names.get(target(each, "subject"))
        if whose is not None:
            theirs.setdefault(whose, []).append(each)
        elif (kind := str(each.get("resourceType"))) in OF_PATIENTS:
            left[f"{kind}.subject"] = None
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


def _resources(bundle: Resource, left: dict[str, None]) -> Iterator[Resource]:
    """Yield what an entry carries and its sender stands by; name the rest."""
    for entry in parts(bundle, "entry"):
        each = entry.get("resource") if isinstance(entry, Mapping) else None
        if not isinstance(each, Mapping):
            left["Bundle.entry"] = None
        elif WITHDRAWN & {first(each, "status"), *concept(each, "verificationStatus")}:
            kind = str(each.get("resourceType"))
            left[f"{kind}.status" if ELEMENT.fullmatch(kind) else "resourceType"] = None
        else:
            yield each


def _place(places: Sequence[Resource]) -> dict[str, Any] | None:
    if not places:
        return None
    location = places[0]
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
    return _names_in(kind, resource, READ[kind])


def _names_in(kind: str, resource: Resource, read: frozenset[str]) -> list[str]:
    """Return the elements that are not read; of a name that FHIR could not have, where it stands."""
    return [
        f"{kind}.{name}" if ELEMENT.fullmatch(name) else kind
        for name in resource
        if name not in read | COMMON
    ]


def _refusal(element: str, text: str) -> ValidationError:
    return ValidationError({element: [ErrorDetail(text, "fhir_bundle")]})
