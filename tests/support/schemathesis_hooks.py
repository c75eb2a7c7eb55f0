"""What a sender does that a generator of cases can't know: a new key for each report."""

import re
import uuid
from typing import Any

import schemathesis

VALID = re.compile("[!-~]{1,200}")


@schemathesis.hook
def before_call(_context: Any, case: Any, **_options: Any) -> None:
    """Give a request that has a valid Idempotency-Key one of its own."""
    headers = case.headers or {}
    if VALID.fullmatch(str(headers.get("Idempotency-Key", ""))):
        headers["Idempotency-Key"] = str(uuid.uuid4())
