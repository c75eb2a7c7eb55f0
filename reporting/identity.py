"""Who a patient is, without keeping it in clear: keyed hashes to count one person once, a masked form to read (个人信息保护).

The keys are those of the intake envelopes: they lie outside the database.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from audit.envelopes import keyed_hashes

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_DIGITS = "10X98765432"
CITIZEN = re.compile(r"\d{17}[\dX]")
OLD_CITIZEN = re.compile(r"\d{15}")
# Passports and the travel permits of Hong Kong, Macau and Taiwan residents: a letter first, so that no filler fits.
TRAVEL = re.compile(r"[A-Z]{1,2}\d{7,10}")
PHONE = re.compile(r"1\d{10}")
SHOWN = 4
# Shorter ones name a town, not a household.
SHORTEST_ADDRESS = 8


@dataclass(frozen=True, slots=True)
class Identity:
    """`person` is empty without a number that can be one; `traits` are what likely doubles are guessed by."""

    person: str
    masked: str
    traits: tuple[str, ...]


def identify(personal: Mapping[str, Any], *, sex: str) -> Identity:
    """Return the hashes and the masked form of what a hospital states of a person; never raises on odd values."""
    number = identity_number(_plain(personal.get("id_number")))
    name, phone = _plain(personal.get("name")), _plain(personal.get("phone")).removeprefix("+86")
    born = _plain(personal.get("birth_on")) or (number[6:14] if CITIZEN.fullmatch(number) else "")
    born = re.sub(r"\D", "", born)
    traits = []
    if name and sex != "unknown":
        traits.append(f"n:{_hash(f'name:{name}:{sex}')}")
    if name and born:
        traits.append(f"b:{_hash(f'born:{name}:{born}')}")
    if PHONE.fullmatch(phone):
        traits.append(f"p:{_hash(f'phone:{phone}')}")
    masked = f"{'*' * (len(number) - SHOWN)}{number[-SHOWN:]}" if number else ""
    return Identity(_hash(f"person:{number}") if number else "", masked, tuple(traits))


def home_marks(personal: Mapping[str, Any]) -> tuple[str, ...]:
    """Return keyed hashes of a telephone and an address: two patients who share one are of one household, as far as is known."""
    phone = _plain(personal.get("phone")).removeprefix("+86")
    address = _plain(personal.get("address"))
    marks = [f"phone:{phone}"] if PHONE.fullmatch(phone) else []
    marks += [f"address:{address}"] if len(address) >= SHORTEST_ADDRESS else []
    return tuple(_hash(mark) for mark in marks)


def identity_number(text: str) -> str:
    """Return a number that can name one person: a citizen's with a true check digit, or a travel document's; else nothing.

    Of old, citizens' numbers had 15 digits: they are read as the 18 they became.
    """
    if OLD_CITIZEN.fullmatch(text):
        text = f"{text[:6]}19{text[6:]}"
        text += check_digit(text)
    if CITIZEN.fullmatch(text):
        return text if check_digit(text[:17]) == text[17] and text[6:8] in ("18", "19", "20") else ""
    return text if TRAVEL.fullmatch(text) and len(set(text[1:])) > 1 else ""


def check_digit(first: str) -> str:
    """Return the last character of a citizen's number (GB 11643)."""
    total = sum(int(digit) * weight for digit, weight in zip(first, WEIGHTS, strict=True))
    return CHECK_DIGITS[total % 11]


def _plain(value: Any) -> str:
    """Return a value as it is compared: full-width and lower-case forms, spaces and dashes make no difference."""
    text = unicodedata.normalize("NFKC", str(value)) if isinstance(value, str | int) else ""
    return re.sub(r"[\s\-·.]", "", text).upper()


def _hash(text: str) -> str:
    return keyed_hashes(text)[0]
