"""One incident's evidence as a ZIP that proves itself in another place, with plain Python (5.1)."""

import ast
import hashlib
import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from datetime import timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from audit.clock import database_now
from audit.models import AuditEvent, DailyRoot
from audit.roots import roll_daily_root
from audit.sealed_rows import sealed_models
from incidents.actions.joins import accept_join
from incidents.actions.merging import split_incident
from incidents.models import Incident, JoinProposal
from reporting.actions.firing import fire_due
from reporting.models import StageEvent
from response.bundle.archive import CARRIED
from response.bundle.exhibits import LEFT_OUT, OF_SENDERS, exhibits
from tests.support.clocks import deliver, major
from tests.support.evidence import write
from tests.support.hospital import Hospital, cluster
from tests.support.people import actor

pytestmark = pytest.mark.clause(90)

RECEIVER, NOTE = "陈值班", "患者王小明之母来电"


@pytest.fixture
def incident(committed_db: str) -> Incident:
    """An incident and a hospital's that was found to be the same, with a receipt, fired stages and a daily root."""
    at = database_now()
    found = major(at=at - timedelta(minutes=40), place_text="甬江大饭店", note=NOTE)
    Hospital().send(cluster(60, place={"name": "甬江大饭店分店", "kind": "restaurant"}))
    accept_join(
        proposal=JoinProposal.objects.get(), reason="同一家", by=actor("330212-regulator"), at=database_now()
    )
    deliver(found, at - timedelta(minutes=20), receiver=RECEIVER, content=NOTE, at=at)
    while fire_due(source="test"):
        pass
    write("incident:of-others")
    roll_daily_root(at=at + timedelta(days=1))
    return found


def export(incident: Incident, folder: Path, name: str = "bundle.zip") -> Path:
    out = StringIO()
    call_command("verify_audit", "--bundle", incident.number, "--out", str(folder / name), stdout=out)
    assert f"{folder / name} sha256 " in out.getvalue()
    return folder / name


@pytest.fixture
def unpacked(incident: Incident, tmp_path: Path) -> Path:
    """The bundle in a folder of its own that holds nothing else."""
    with zipfile.ZipFile(export(incident, tmp_path)) as archive:
        archive.extractall(tmp_path / "elsewhere")
    return tmp_path / "elsewhere" / f"evidence-{incident.number}"


def check(folder: Path, *arguments: str) -> tuple[int, str]:
    """Run the checker as a stranger would: no packages, no environment, nothing of ours."""
    command = [sys.executable, "-I", "-B", "verify.py", *arguments]
    done = subprocess.run(command, cwd=folder, env={}, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr


def reseal(folder: Path, name: str) -> None:
    """Make the manifest agree with a changed file."""
    manifest = json.loads((folder / "MANIFEST.json").read_text())
    manifest["files"][name]["sha256"] = hashlib.sha256((folder / name).read_bytes()).hexdigest()
    (folder / "MANIFEST.json").write_text(json.dumps(manifest))


def test_a_bundle_is_checked_elsewhere_with_plain_python(unpacked: Path, incident: Incident) -> None:
    status, said = check(unpacked)
    assert (status, "BROKEN" in said) == (0, False), said
    for chain in Incident.objects.values_list("number", flat=True):
        rows = AuditEvent.objects.filter(chain=f"incident:{chain}").count()
        assert f"incident:{chain}: {rows} 行 rows" in said
    (line,) = [line for line in said.splitlines() if "sealed records" in line]
    assert int(line.split()[0]) == sum(
        model._default_manager.count() for model in sealed_models() if model not in OF_SENDERS
    )
    root = DailyRoot.objects.get()
    assert f"compare with the page of that day: {root.on}:{root.root}" in said


def test_the_root_kept_elsewhere_is_compared(unpacked: Path, tmp_path: Path) -> None:
    root = DailyRoot.objects.get()
    call_command("export_root", "--out", str(tmp_path / "kept.json"), stdout=StringIO())
    assert (unpacked / "roots" / f"{root.on}.json").read_bytes() == (tmp_path / "kept.json").read_bytes()
    assert "the root kept elsewhere agrees" in check(unpacked, "--root", str(tmp_path / "kept.json"))[1]
    assert check(unpacked, "--root", f"{root.on}:{root.root[:8]} {root.root[8:]}")[0] == 0
    assert check(unpacked, "--root", f"{root.on}:{'0' * 64}")[0] == 1
    assert check(unpacked, "--root", f"2021-09-30:{root.root}")[0] == 1


def test_what_is_younger_than_the_last_root_is_told(incident: Incident, tmp_path: Path) -> None:
    write(incident.chain)
    with zipfile.ZipFile(export(incident, tmp_path)) as archive:
        archive.extractall(tmp_path)
    status, said = check(tmp_path / f"evidence-{incident.number}")
    last = AuditEvent.objects.filter(chain=incident.chain).count()
    assert (status, f"#{last}–#{last} 晚于最近一次每日摘要" in said) == (0, True), said


def a_number(text: str) -> str:
    return text.replace('"value":120', '"value":12', 1)


def a_row(text: str) -> str:
    return text.replace('"actor":"user:', '"actor":"user:9', 1)


def last_line(text: str) -> str:
    return "".join(text.splitlines(keepends=True)[:-1])


def a_head(text: str) -> str:
    return text.replace('"seq":', '"seq":1', 1)


@pytest.mark.parametrize(
    ("name", "change", "told"),
    [
        ("records/incidents.fact.jsonl", a_number, "not what the log recorded"),
        ("records/incidents.fact.jsonl", last_line, "the bundle lacks it"),
        ("log.jsonl", a_row, "its content does not match its hash"),
        ("log.jsonl", last_line, "the head is another"),
        ("heads.json", a_head, "the head is another"),
    ],
)
def test_a_change_that_the_manifest_agrees_with_is_named(
    name: str, change: Callable[[str], str], told: str, unpacked: Path
) -> None:
    file = unpacked / name
    before = file.read_text()
    file.write_text(change(before))
    assert file.read_text() != before
    assert "differs from the manifest" in check(unpacked)[1]
    reseal(unpacked, name)
    status, said = check(unpacked)
    assert (status, told in said) == (1, True), said


def test_a_forged_root_is_named(unpacked: Path) -> None:
    (file,) = (unpacked / "roots").iterdir()
    root = json.loads(file.read_text())
    root["heads"][0] = root["heads"][0][:-64] + "0" * 64
    file.write_text(json.dumps(root))
    reseal(unpacked, f"roots/{file.name}")
    assert "does not follow from its heads" in check(unpacked)[1]
    root["heads"] = [f"{line[:-64]}{'0' * 64}" for line in root["heads"]]
    text = "\n".join([root["prev_root"], root["on"], *root["heads"]])
    file.write_text(json.dumps(root | {"root": hashlib.sha256(text.encode()).hexdigest()}))
    reseal(unpacked, f"roots/{file.name}")
    assert "not what the root of that day names" in check(unpacked)[1]


@pytest.mark.parametrize("name", ["heads.json", "records/reporting.report.jsonl", "README.txt"])
def test_a_missing_file_and_one_too_many_are_named(name: str, unpacked: Path) -> None:
    (unpacked / name).unlink()
    (unpacked / "more.txt").write_text("")
    status, said = check(unpacked)
    assert (status, f"{name}: 缺失" in said, "more.txt: 清单外" in said) == (1, True, True)


def test_no_person_and_no_message_is_in_it(unpacked: Path) -> None:
    everything = "".join(path.read_text() for path in unpacked.rglob("*") if path.is_file())
    assert RECEIVER not in everything
    assert NOTE not in everything
    assert '"body_sha256":"' in everything
    assert "ciphertext" not in everything


def test_two_exports_are_equal_and_both_are_on_record(incident: Incident, tmp_path: Path) -> None:
    first, second = export(incident, tmp_path, "1.zip"), export(incident, tmp_path, "2.zip")
    assert first.read_bytes() == second.read_bytes()
    noted = AuditEvent.objects.filter(action="response.export_bundle", subject=f"incident:{incident.number}")
    digest = hashlib.sha256(first.read_bytes()).hexdigest()
    assert [json.loads(event.payload) for event in noted] == [{"sha256": digest}] * 2


def test_after_a_split_each_incidents_bundle_is_whole(incident: Incident, tmp_path: Path) -> None:
    at = database_now()
    part = Incident.objects.get(merged_into=incident)
    deliver(incident, at, to="city-fso", at=at)
    split_incident(part=part, reason="两家店", by=actor("330212-regulator"), at=database_now())
    while fire_due(source="test"):
        pass
    for each in (incident, part):
        with zipfile.ZipFile(export(each, tmp_path, f"{each.number}.zip")) as archive:
            archive.extractall(tmp_path)
        status, said = check(tmp_path / f"evidence-{each.number}")
        assert (status, f"{each.chain}:" in said) == (0, True), said


def test_nothing_is_overwritten_and_no_incident_is_invented(incident: Incident, tmp_path: Path) -> None:
    (tmp_path / "taken.zip").touch()
    with pytest.raises(CommandError, match="is there already"):
        export(incident, tmp_path, "taken.zip")
    with pytest.raises(CommandError, match="no incident 2021-0001"):
        call_command("verify_audit", "--bundle", "2021-0001")


def test_a_verification_can_be_put_on_record(incident: Incident) -> None:
    call_command("verify_audit", "--record", stdout=StringIO())
    event = AuditEvent.objects.get(action="response.verify_audit")
    assert json.loads(event.payload)["broken"] == 0
    assert json.loads(event.payload)["root"].endswith(DailyRoot.objects.get().root)


def test_every_kind_of_record_that_leads_to_an_incident_is_found() -> None:
    paths = {own.model: own.paths for own in exhibits()}
    assert paths[JoinProposal] == ("incident", "other")
    assert paths[StageEvent] == ("obligation__incident",)
    pointing = {
        model
        for model in apps.get_models()
        for field in model._meta.concrete_fields
        if field.related_model is not None and paths.get(field.related_model)
    }
    assert pointing - paths.keys() == set(LEFT_OUT)
    assert {model for model in sealed_models() if model not in paths} == OF_SENDERS


def test_the_checker_is_plain_old_python() -> None:
    source = (CARRIED / "verify.py").read_text()
    tree = ast.parse(source, feature_version=(3, 8))
    imported = {
        name
        for node in ast.walk(tree)
        if isinstance(node, ast.Import | ast.ImportFrom)
        for name in ([node.module] if isinstance(node, ast.ImportFrom) else [n.name for n in node.names])
    }
    assert imported <= {"collections.abc", *sys.stdlib_module_names}
