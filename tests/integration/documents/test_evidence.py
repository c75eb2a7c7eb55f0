"""A signed report and its files are held by the evidence log: a changed one, a forged one and a stray one are named."""

import hashlib
import json
import subprocess
import sys
import zipfile
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction

from audit.models import AuditEvent
from incidents.models import Incident
from reporting.actions.documents import draft_new_version
from reporting.actions.signing import sign_document
from reporting.documents.content import content_hash
from reporting.models import DocumentFile, SignedDocument
from tests.support.clocks import after, major
from tests.support.documents import DRAFTER, SIGNER, sent, signed
from tests.support.evidence import broken_links
from tests.support.people import actor

pytestmark = [pytest.mark.clause(90), pytest.mark.usefixtures("committed_db")]


def verified(*arguments: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("verify_audit", *arguments, stdout=out)
    except SystemExit as stopped:
        return int(str(stopped.code)), out.getvalue()
    return 0, out.getvalue()


def kept(report: SignedDocument, folder: Path, name: str) -> Path:
    path = folder / f"report.{name}"
    path.write_bytes(DocumentFile.objects.get(signed=report, file_format=name).content)
    return path


def test_a_file_and_the_hash_on_its_pages_are_known(tmp_path: Path) -> None:
    report = signed(major())
    assert report.sha256 == content_hash(report.content)
    for given, what in (
        (str(kept(report, tmp_path, "pdf")), "pdf"),
        (str(kept(report, tmp_path, "docx")), "docx"),
        (report.sha256.upper(), "content"),
    ):
        status, said = verified("--document", given)
        assert status == 0
        assert f"{what} of report {report.document.ref}" in said
        assert "the newest version" in said


def test_a_changed_file_is_not_known(tmp_path: Path) -> None:
    path = kept(signed(major()), tmp_path, "pdf")
    path.write_bytes(path.read_bytes() + b"\n")
    status, said = verified("--document", str(path))
    assert status == 1
    assert "no signed report has this hash" in said


def test_a_replaced_version_is_named_as_one(tmp_path: Path) -> None:
    old = signed(major())
    made = draft_new_version(signed=old, by=actor(DRAFTER), at=after(20))
    sign_document(document=made, by=actor(SIGNER), at=after(21))
    status, said = verified("--document", str(kept(old, tmp_path, "pdf")))
    assert status == 0
    assert "replaced by a new version" in said


def test_the_log_holds_the_hashes_of_the_files_and_nothing_they_say() -> None:
    report = signed(major(), contact="李昇 0574-00000000")
    event = AuditEvent.objects.get(action="reporting.sign_document")
    files = {each.file_format: each.sha256 for each in report.files.all()}
    assert json.loads(event.payload)["files"] == files
    assert "李昇" not in "".join(AuditEvent.objects.values_list("payload", flat=True))
    assert broken_links() == []


@pytest.mark.parametrize("model", [SignedDocument, DocumentFile])
def test_the_database_refuses_to_change_a_signed_report(model: type[SignedDocument | DocumentFile]) -> None:
    signed(major())
    with pytest.raises(IntegrityError), transaction.atomic():
        model.objects.update(sha256="0" * 64)


@pytest.fixture
def unpacked(tmp_path: Path) -> Path:
    report = signed(major())
    sent(report, at=after(20))
    number = Incident.objects.get().number
    call_command("verify_audit", "--bundle", number, "--out", str(tmp_path / "b.zip"), stdout=StringIO())
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        archive.extractall(tmp_path)
    return tmp_path / f"evidence-{number}"


def check(folder: Path) -> tuple[int, str]:
    done = subprocess.run(
        [sys.executable, "-I", str(folder / "verify.py")], capture_output=True, text=True, check=False
    )
    return done.returncode, done.stdout


def test_the_bundle_carries_the_signed_reports_and_checks_them(unpacked: Path) -> None:
    files = sorted((unpacked / "documents").iterdir())
    assert [path.suffix for path in files] == [".docx", ".pdf"]
    assert check(unpacked)[0] == 0


def test_a_report_that_the_manifest_agrees_with_and_the_log_does_not_is_named(unpacked: Path) -> None:
    path = next((unpacked / "documents").glob("*.pdf"))
    path.write_bytes(b"%PDF-forged")
    manifest = json.loads((unpacked / "MANIFEST.json").read_text(encoding="utf-8"))
    manifest["files"][f"documents/{path.name}"]["sha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    (unpacked / "MANIFEST.json").write_text(json.dumps(manifest, ensure_ascii=False), encoding="utf-8")
    status, said = check(unpacked)
    assert status == 1
    assert f"documents/{path.name}: 未见于存证链" in said
    assert "a report's file is missing" in said
