"""The number by which the sender of a public report comes back to it: read out like a bank card's, known to nobody else."""

import hashlib
import unicodedata
import uuid

from audit.envelopes import keyed_hashes

DIGITS, GROUP = 16, 4


def receipt_of(form_token: uuid.UUID) -> str:
    """Return the receipt of the report that this form sends, the same each time it is sent: 53 bits, from 122 random ones."""
    digest = hashlib.sha256(f"receipt:{form_token}".encode()).digest()
    digits = str(int.from_bytes(digest) % 10**DIGITS).zfill(DIGITS)
    return " ".join(digits[at : at + GROUP] for at in range(0, DIGITS, GROUP))


def receipt_digests(typed: str) -> list[str]:
    """Return what a receipt may be stored as, newest key first; however it was typed, only its digits count."""
    digits = "".join(str(unicodedata.decimal(each)) for each in typed if each.isdecimal())
    return keyed_hashes(f"receipt:{digits}")
