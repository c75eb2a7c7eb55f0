"""The feed of what was issued to the public, newest first (Atom, RFC 4287; OASIS CAP 1.2)."""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Final
from xml.etree import ElementTree as ET

from monitoring.cap import CAP_TYPE
from monitoring.models import Bulletin

NAMESPACE: Final = "http://www.w3.org/2005/Atom"
# A feed without entries was never updated; it still has to say when.
NEVER: Final = datetime(2021, 9, 30, tzinfo=UTC)


def feed_xml(bulletins: Sequence[Bulletin], *, here: str, address: Callable[[Bulletin], str]) -> bytes:
    """Return the feed; `here` is its own address, `address` that of each message."""
    ET.register_namespace("", NAMESPACE)
    feed = ET.Element(f"{{{NAMESPACE}}}feed")
    _add(feed, "id", here)
    _add(feed, "title", "宁波市食品安全预警")
    _add(feed, "updated", (bulletins[0].issued_at if bulletins else NEVER).isoformat(timespec="seconds"))
    ET.SubElement(feed, f"{{{NAMESPACE}}}link", {"rel": "self", "href": here})
    _add(ET.SubElement(feed, f"{{{NAMESPACE}}}author"), "name", "宁波市食品安全监管部门")
    for bulletin in bulletins:
        entry = ET.SubElement(feed, f"{{{NAMESPACE}}}entry")
        _add(entry, "id", address(bulletin))
        _add(entry, "title", f"{bulletin.get_kind_display()}：{bulletin.content['headline']}")
        _add(entry, "updated", bulletin.issued_at.isoformat(timespec="seconds"))
        ET.SubElement(entry, f"{{{NAMESPACE}}}link", {"type": CAP_TYPE, "href": address(bulletin)})
        _add(entry, "summary", bulletin.content["advice"] or bulletin.content["trend"])
    written: bytes = ET.tostring(feed, encoding="UTF-8", xml_declaration=True)
    return written


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, f"{{{NAMESPACE}}}{name}").text = text
