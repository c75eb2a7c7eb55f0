"""Send a cluster report from a hospital, or ask what became of it; needs nothing but Python 3.9 or newer.

    export NINGBO_URL=https://…  NINGBO_KEY=…
    python3 hospital.py send report.json      报送；没有答复就按下面的间隔重发，直到有结果
    python3 hospital.py fate REF              查询一份报告
    python3 hospital.py list                  本院的报告
    python3 hospital.py cases cases.json      报送散发病例，逐例受理；同一病例重发不会重复
    python3 hospital.py fates                 本院的散发病例和处理结果

Retry schedule: after no answer, 429, 500, 502, 503 or 504 it sends the same bytes under the same Idempotency-Key
again after 2, 4, 8, 16, 32 and then every 60 seconds, or after Retry-After if the answer has one, for half an hour.
The key is kept beside the report (report.json.key), so that the program can be stopped and started without a
second report. Ends with 0 when accepted, 2 when refused (correct the report), 3 when given up (telephone).
"""

import contextlib
import json
import os
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

ADDRESS, CASES = "/api/v1/cluster-reports/", "/api/v1/cases/"
FIRST_WAIT_S, LONGEST_WAIT_S, GIVE_UP_AFTER_S, ANSWER_WITHIN_S = 2, 60, 1800, 30
AGAIN = frozenset({429, 500, 502, 503, 504})
ACCEPTED, REFUSED, GIVEN_UP = 0, 2, 3


@dataclass(frozen=True)
class Answer:
    """What came back; status 0 when nothing did."""

    status: int
    text: str
    retry_after: str = ""


def main(arguments: "list[str]", *, wait: Callable[[float], None] = time.sleep) -> int:
    """Do what the arguments ask; the exit status."""
    if len(arguments) == 2 and arguments[0] in {"send", "cases"}:
        return send(Path(arguments[1]), ADDRESS if arguments[0] == "send" else CASES, wait=wait)
    if len(arguments) == 2 and arguments[0] == "fate":
        return told(call("GET", f"{ADDRESS}{arguments[1]}/"))
    if arguments == ["list"]:
        return told(call("GET", ADDRESS))
    if arguments == ["fates"]:
        return told(call("GET", CASES))
    sys.stderr.write(__doc__ or "")
    return REFUSED


def send(report: Path, address: str, *, wait: Callable[[float], None]) -> int:
    """Send a report or single cases until there is a result."""
    body, headers = report.read_bytes(), {"Idempotency-Key": key_beside(report)}
    spent = 0.0
    answer = call("POST", address, body, headers)
    for planned in waits():
        if answer.status not in AGAIN | {0} or spent >= GIVE_UP_AFTER_S:
            break
        pause = float(answer.retry_after) if answer.retry_after.isdecimal() else planned
        sys.stderr.write(f"{answer.status or 'no answer'}: again in {pause:g} s\n")
        wait(pause)
        spent += pause
        answer = call("POST", address, body, headers)
    return told(answer)


def waits() -> Iterator[float]:
    """Yield the pauses between attempts."""
    pause = float(FIRST_WAIT_S)
    while True:
        yield pause
        pause = min(2 * pause, LONGEST_WAIT_S)


def key_beside(report: Path) -> str:
    """Return the key of this report's content, made once and kept beside it before anything is sent."""
    kept = report.with_name(f"{report.name}.key")
    if not kept.exists():
        kept.write_text(str(uuid.uuid4()), encoding="ascii")
    return kept.read_text(encoding="ascii").strip()


def call(method: str, path: str, body: "bytes | None" = None, headers: Mapping[str, str] = {}) -> Answer:
    """Make one call."""
    named = {
        "Authorization": f"Bearer {os.environ['NINGBO_KEY']}",
        "Content-Type": "application/json",
        **headers,
    }
    url = os.environ["NINGBO_URL"].rstrip("/") + path
    try:
        request = urllib.request.Request(url, body, named, method=method)  # noqa: S310  the operator's own address
        with urllib.request.urlopen(request, timeout=ANSWER_WITHIN_S) as reply:  # noqa: S310  likewise
            return Answer(reply.status, reply.read().decode())
    except urllib.error.HTTPError as wrong:
        return Answer(wrong.code, wrong.read().decode(), wrong.headers.get("Retry-After", ""))
    except OSError as away:
        return Answer(0, str(away))


def told(answer: Answer) -> int:
    """Print the answer for whoever stands by; the exit status."""
    said = None
    with contextlib.suppress(ValueError):
        said = json.loads(answer.text)
    sys.stdout.write(f"{json.dumps(said, ensure_ascii=False, indent=2) if said else answer.text}\n")
    if 200 <= answer.status < 300:
        # Of several each is answered by itself: one refused is to be put right.
        return REFUSED if said and said.get("refused") else ACCEPTED
    if answer.status in AGAIN or not answer.status:
        sys.stderr.write("没有送达，请立即打电话报告。\n")
        return GIVEN_UP
    return REFUSED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
