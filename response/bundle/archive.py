"""The bundle as one ZIP: the same evidence gives the same bytes."""

import hashlib
import io
import json
import zipfile
from pathlib import Path

from audit.exported import as_json
from incidents.models import Incident
from response.bundle.contents import anchoring_roots, document_files, evidence_files, sealed_kinds

FORMAT = "ningbo-evidence-bundle/1"
CARRIED = Path(__file__).with_name("carried")
# A ZIP has no time zone and no year before 1980; when it was packed is no evidence.
PACKED = (1980, 1, 1, 0, 0, 0)
READABLE = 0o644 << 16
UNIX = 3


def bundle(incident: Incident) -> bytes:
    """Return an incident's evidence as a ZIP that proves itself (预案 5.1); read it in one snapshot."""
    texts = evidence_files(incident)
    texts |= {f"roots/{root.on}.json": as_json(root) for root in anchoring_roots(incident)}
    texts |= {name: (CARRIED / name).read_text(encoding="utf-8") for name in ("verify.py", "README.txt")}
    files = {name: text.encode() for name, text in texts.items()} | document_files(incident)
    files["MANIFEST.json"] = _manifest(incident, files).encode()
    return _packed(f"evidence-{incident.number}", files)


def _manifest(incident: Incident, files: dict[str, bytes]) -> str:
    listed = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name, content in sorted(files.items())
    }
    content = {
        "format": FORMAT,
        "incident": incident.number,
        "plan": incident.edition,
        "sealed": sealed_kinds(),
        "files": listed,
    }
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"


def _packed(folder: str, files: dict[str, bytes]) -> bytes:
    """Return the ZIP, uncompressed: compressed bytes differ between versions of the compressor."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
        for name, packed in sorted(files.items()):
            entry = zipfile.ZipInfo(f"{folder}/{name}", PACKED)
            entry.external_attr, entry.create_system = READABLE, UNIX
            archive.writestr(entry, packed)
    return made.getvalue()
