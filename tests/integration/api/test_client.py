"""The hospital's command-line client: one report whatever is lost on the way, and the telephone when all is (5.1(3))."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import islice
from pathlib import Path
from threading import Thread

import pytest

from clients.hospital import ACCEPTED, GIVE_UP_AFTER_S, GIVEN_UP, REFUSED, main, waits
from reporting.models import Report
from tests.support.hospital import Hospital, cluster
from tests.support.signalling import single


@contextmanager
def answering(*statuses: int) -> Iterator[tuple[str, list[str]]]:
    """A server that answers so, in turn, and the Idempotency-Keys it was sent."""
    left, keys = list(statuses), []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            """Answer with the next status."""
            self.rfile.read(int(self.headers["Content-Length"]))
            keys.append(self.headers["Idempotency-Key"])
            self.send_response(left.pop(0))
            if len(keys) == 1:
                self.send_header("Retry-After", "7")
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_said: object) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", keys
    finally:
        server.shutdown()
        server.server_close()


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.json"
    path.write_text(json.dumps({"reference": "ED-1"}), encoding="utf-8")
    return path


def test_it_sends_again_under_the_same_key_by_retry_after_or_by_the_schedule(
    report: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    waited: list[float] = []
    monkeypatch.setenv("NINGBO_KEY", "k")
    with answering(503, 429, 500, 201) as (url, keys):
        monkeypatch.setenv("NINGBO_URL", url)
        assert main(["send", str(report)], wait=waited.append) == ACCEPTED
    assert waited == [7, 4, 8]
    assert (len(keys), len(set(keys))) == (4, 1)
    assert list(islice(waits(), 8)) == [2, 4, 8, 16, 32, 60, 60, 60]


def test_it_gives_up_after_half_an_hour_and_says_to_telephone(
    report: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    waited: list[float] = []
    monkeypatch.setenv("NINGBO_KEY", "k")
    monkeypatch.setenv("NINGBO_URL", "http://127.0.0.1:1")
    assert main(["send", str(report)], wait=waited.append) == GIVEN_UP
    assert GIVE_UP_AFTER_S <= sum(waited) < GIVE_UP_AFTER_S + 60
    assert "打电话" in capsys.readouterr().err


def test_against_the_product_it_reports_once_asks_and_lists(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NINGBO_URL", served)
    monkeypatch.setenv("NINGBO_KEY", Hospital().clear)
    sent, wrong = tmp_path / "report.json", tmp_path / "wrong.json"
    sent.write_text(json.dumps(cluster(60)), encoding="utf-8")
    wrong.write_text(json.dumps(cluster(-1, reference="ED-2")), encoding="utf-8")
    assert [main(["send", str(sent)]) for _time in range(2)] == [ACCEPTED, ACCEPTED]
    assert main(["send", str(wrong)]) == REFUSED
    assert Report.objects.count() == 1
    capsys.readouterr()
    assert main(["fate", str(Report.objects.get().ref)]) == ACCEPTED
    assert json.loads(capsys.readouterr().out)["reference"] == "ED-1"
    assert main(["list"]) == ACCEPTED
    assert json.loads(capsys.readouterr().out)["count"] == 1


def test_it_sends_single_cases_and_one_refused_is_not_taken_for_done(
    served: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("NINGBO_URL", served)
    monkeypatch.setenv("NINGBO_KEY", Hospital().clear)
    sent, wrong = tmp_path / "cases.json", tmp_path / "wrong.json"
    sent.write_text(json.dumps({"cases": [single(1)]}), encoding="utf-8")
    wrong.write_text(json.dumps({"cases": [single(2), single(3, sex="?")]}), encoding="utf-8")
    assert [main(["cases", str(path)]) for path in (sent, sent, wrong)] == [ACCEPTED, ACCEPTED, REFUSED]
    capsys.readouterr()
    assert main(["fates"]) == ACCEPTED
    listed = json.loads(capsys.readouterr().out)
    assert {row["local_id"] for row in listed["results"]} == {"S-1", "S-2"}
