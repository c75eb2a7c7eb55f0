"""From a patient's FHIR resources to one case of a line list."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from incidents.codes import SPECIMENS
from reporting.api.case_input import ICD_CODE, SYMPTOM_CHOICES
from reporting.api.fhir_answers import exposures_of
from reporting.api.fhir_elements import Resource, concept, first, parts, target, words
from reporting.api.fields import BEIJING, CITIZEN_NUMBER

INPATIENT: Final = frozenset({"IMP", "ACUTE", "NONAC"})
SEXES: Final = frozenset({"", "male", "female", "unknown"})
SEVERE: Final = frozenset({"24484000", "severe", "Severe", "重症"})
TEMPERATURE: Final = "8310-5"
DISTRICT: Final = re.compile(r"\d{6}")
RESULTS: Final = {"POS": "阳性", "NEG": "阴性", "阳性": "阳性", "阴性": "阴性"}
Note = Callable[[str], object]


def case_of(patient: Resource, belonging: Iterable[Resource], note: Note) -> dict[str, Any]:
    """Return a patient as the API's own case; what has no place in it is named to `note`."""
    case = _person(patient, note)
    mine: dict[str, list[Resource]] = {}
    for each in belonging:
        mine.setdefault(str(each.get("resourceType")), []).append(each)
    case |= _earliest(
        "visit_at", words(mine.get("Encounter", []), "period", "start"), "Encounter.period", note
    )
    case |= _earliest("onset_at", words(mine.get("Condition", []), "onsetDateTime"), "Condition.onset", note)
    case |= (
        {"is_inpatient": True} if INPATIENT & set(words(mine.get("Encounter", []), "class", "code")) else {}
    )
    case |= {"is_severe": True} if SEVERE & set(concept(mine.get("Condition", []), "severity")) else {}
    case |= _diagnosis(mine.get("Condition", []), note)
    eaten = [each for told in mine.get("QuestionnaireResponse", []) for each in exposures_of(told, note)]
    case |= {"exposures": eaten} if eaten else {}
    taken = enumerate(mine.get("Specimen", []))
    specimens = {str(each.get("id") or f"#{at}"): _specimen(each, note) for at, each in taken}
    for seen in mine.get("Observation", []):
        _observe(case, specimens, seen, note)
    return case | ({"specimens": list(specimens.values())} if specimens else {})


def _earliest(name: str, said: list[str], element: str, note: Note) -> dict[str, str]:
    """Return the earliest of several times; FHIR lets them be days alone, which are named and not taken for midnight.

    What is no time at all goes on as it is, to be refused with its place.
    """
    times = [text for text in said if ":" in text]
    if len(times) < len(said):
        note(element)
    try:
        times.sort(key=_instant)
    except ValueError:
        return {name: next(text for text in times if not _is_time(text))}
    return {name: times[0]} if times else {}


def _diagnosis(conditions: list[Resource], note: Note) -> dict[str, str]:
    """Return the first ICD-10 code; what other conditions say, and one without a code, is named."""
    said = [concept(each, "code") for each in conditions]
    coded = [[code for code in codes if re.fullmatch(ICD_CODE, code)] for codes in said]
    found = [code for codes in coded for code in codes]
    if len(set(found)) > 1 or any(codes and not icd for codes, icd in zip(said, coded, strict=True)):
        note("Condition.code")
    return {"diagnosis_code": found[0]} if found else {}


def _instant(text: str) -> datetime:
    read = datetime.fromisoformat(text)
    return read if read.tzinfo else read.replace(tzinfo=BEIJING)


def _is_time(text: str) -> bool:
    try:
        _instant(text)
    except ValueError:
        return False
    return True


def _person(patient: Resource, note: Note) -> dict[str, Any]:
    numbers = words(patient, "identifier", "value")
    citizen = [number for number in numbers if CITIZEN_NUMBER.fullmatch(number)]
    local = [number for number in numbers if number not in citizen] or words(patient, "id")
    sex = first(patient, "gender")
    personal = {
        "name": first(patient, "name", "text")
        or "".join(words(patient, "name", "family") + words(patient, "name", "given")),
        "id_number": next(iter(citizen), ""),
        "phone": first(patient, "telecom", "value"),
        "birth_on": first(patient, "birthDate"),
        "address": first(patient, "address", "text"),
    }
    district = [code for code in words(patient, "address", "district") if DISTRICT.fullmatch(code)]
    died = first(patient, "deceasedDateTime")
    if died and ":" not in died:
        note("Patient.deceasedDateTime")
    if sex not in SEXES:
        note("Patient.gender")
    case: dict[str, Any] = {
        "local_id": next(iter(local), ""),
        "sex": sex if sex in {"male", "female"} else "unknown",
        "personal": {name: said for name, said in personal.items() if said},
    }
    case |= {"residence_code": district[0]} if district else {}
    case |= {"outcome": "dead"} if died or patient.get("deceasedBoolean") is True else {}
    return case | ({"died_at": died} if ":" in died else {})


def _specimen(specimen: Resource, note: Note) -> dict[str, Any]:
    kinds = [kind for kind in concept(specimen, "type") if kind in SPECIMENS]
    if not kinds:
        note("Specimen.type")
    taken = first(specimen, "collection", "collectedDateTime")
    if ":" not in taken and specimen.get("collection") is not None:
        note("Specimen.collection")
    return {"kind": kinds[0] if kinds else "其他"} | ({"taken_at": taken} if ":" in taken else {})


def _observe(
    case: dict[str, Any], specimens: Mapping[str, dict[str, Any]], seen: Resource, note: Note
) -> None:
    """Add what was observed: a laboratory's result, an exposure, the temperature, or a symptom."""
    kinds, said = set(concept(seen, "category")), concept(seen, "code")
    symptoms = [name for name in said if name in SYMPTOM_CHOICES]
    if "laboratory" in kinds:
        _result(specimens.get(target(seen, "specimen")), seen, note)
    elif "exposure" in kinds:
        case.setdefault("exposures", []).append(_exposure(seen, note))
    elif TEMPERATURE in said:
        case["temperature"] = next(parts(seen, "valueQuantity", "value"), None)
    elif not symptoms:
        note("Observation.code")
    elif seen.get("valueBoolean") is False:
        note("Observation.valueBoolean")
    else:
        case["symptoms"] = list(dict.fromkeys([*case.get("symptoms", []), symptoms[0]]))


def _exposure(seen: Resource, note: Note) -> dict[str, Any]:
    eaten = first(seen, "effectiveDateTime")
    if eaten and ":" not in eaten:
        note("Observation.effectiveDateTime")
    found = {
        "food": first(seen, "valueString") or first(seen, "valueCodeableConcept", "text"),
        "eaten_at": eaten if ":" in eaten else "",
    }
    return {name: said for name, said in found.items() if said}


def _result(specimen: dict[str, Any] | None, seen: Resource, note: Note) -> None:
    if specimen is None:
        note("Observation.specimen")
        return
    told = [*concept(seen, "interpretation"), *concept(seen, "valueCodeableConcept")]
    results = [RESULTS[word] for word in told if word in RESULTS]
    agents = [word for word in words(seen, "valueCodeableConcept", "text") if word not in RESULTS]
    specimen |= {"result": results[0]} if results else {}
    specimen |= {"agent": agents[0]} if agents and "阳性" in results else {}
    test = first(seen, "code", "text") or first(seen, "code", "coding", "display")
    specimen |= {"test": test} if test else {}
