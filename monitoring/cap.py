"""A bulletin as a message of CAP 1.2, in Chinese and in English (4.2; OASIS Common Alerting Protocol 1.2)."""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from xml.etree import ElementTree as ET

from accounts.models import Jurisdiction, Organisation
from incidents.models import Stage
from monitoring.content import BEIJING, Content
from monitoring.models import Bulletin, BulletinKind
from monitoring.wording import ENGLISH_STREAMS, body_zh, english_body, english_headline

CAP_TYPE: Final = "application/cap+xml"
NAMESPACE: Final = "urn:oasis:names:tc:emergency:cap:1.2"
MESSAGES: Final = {
    BulletinKind.ALERT: "Alert",
    BulletinKind.UPDATE: "Update",
    BulletinKind.LIFT: "Cancel",
}
RESPONSES: Final = {BulletinKind.LIFT: "AllClear"}
AREA_CODES: Final = "GB/T 2260"
# Control characters that no XML may hold.
NOT_IN_XML: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
OWN_LEVEL: Final = "本单位自定级别（非预案规定）"
EVENTS: Final = {"zh-CN": "食品安全", "en-US": "Food safety"}


class Message:
    """Everything a message is made of; `status` is Actual, Exercise or Draft."""

    def __init__(
        self,
        content: Content,
        *,
        identifier: str,
        status: str,
        sent_at: datetime,
        issuers: Sequence[Organisation],
        areas: Sequence[Jurisdiction],
        before: Sequence[Bulletin] = (),
    ) -> None:
        """Take what is said, by whom, where, and which bulletins came before."""
        self.content, self.identifier, self.status = content, identifier, status
        self.sent_at, self.issuers, self.areas, self.before = sent_at, issuers, areas, before

    def xml(self) -> bytes:
        """Return the message as the schema wants it, elements in its order."""
        ET.register_namespace("", NAMESPACE)
        alert = ET.Element(_name("alert"))
        kind, said = BulletinKind(self.content["kind"]), self.content
        _add(alert, "identifier", self.identifier)
        _add(alert, "sender", sender_of(self.issuers[0]))
        _add(alert, "sent", stamp(self.sent_at))
        _add(alert, "status", self.status)
        _add(alert, "msgType", MESSAGES[kind])
        _add(alert, "source", "、".join(each.name for each in self.issuers))
        _add(alert, "scope", "Public" if said["is_public"] else "Restricted")
        if not said["is_public"]:
            _add(alert, "restriction", "仅供有关部门")
        if self.status == "Exercise":
            _add(alert, "note", "【演练】")
        if self.before:
            _add(alert, "references", " ".join(map(self._reference, self.before)))
        for language in ("zh-CN", "en-US"):
            self._info(alert, language, kind)
        written: bytes = ET.tostring(alert, encoding="UTF-8", xml_declaration=True)
        return written

    def _reference(self, before: Bulletin) -> str:
        return f"{sender_of(self.issuers[0])},{before.identifier},{stamp(before.issued_at)}"

    def _info(self, alert: ET.Element, language: str, kind: BulletinKind) -> None:
        said, is_chinese = self.content, language == "zh-CN"
        info = ET.SubElement(alert, _name("info"))
        _add(info, "language", language)
        _add(info, "category", "Health")
        _add(info, "event", EVENTS[language])
        if kind in RESPONSES:
            _add(info, "responseType", RESPONSES[kind])
        for element in ("urgency", "severity", "certainty"):
            _add(info, element, said[element])
        _add(info, "effective", stamp(self.sent_at))
        names = [each.name if is_chinese else each.name_en for each in self.issuers]
        _add(info, "senderName", ("、" if is_chinese else ", ").join(names))
        _add(info, "headline", said["headline"] if is_chinese else english_headline(said))
        _add(info, "description", body_zh(said) if is_chinese else english_body(said))
        if is_chinese and said["advice"]:
            _add(info, "instruction", said["advice"])
        for name, value in _parameters(said, is_chinese=is_chinese).items():
            _pair(info, "parameter", name, value)
        for place in self.areas:
            area = ET.SubElement(info, _name("area"))
            _add(area, "areaDesc", place.name if is_chinese else place.name_en)
            # A zone has no code of its own there: its county's stands for it (A43).
            _pair(area, "geocode", AREA_CODES, place.county.code)


def sender_of(office: Organisation) -> str:
    """Return how a message names its sender: no space, comma or bracket."""
    return f"ningbo.{office.code}"


def stamp(moment: datetime) -> str:
    """Return an instant as the schema's pattern wants it, in Beijing time."""
    return moment.astimezone(BEIJING).isoformat(timespec="seconds")


def _parameters(said: Mapping[str, Any], *, is_chinese: bool) -> dict[str, str]:
    found = {OWN_LEVEL: said["house_level"], "stream": said["stream"]}
    if said["stage"]:
        found["stage"] = str(Stage(said["stage"]).label) if is_chinese else said["stage"]
    if not is_chinese:
        found["stream"] = ENGLISH_STREAMS[said["stream"]]
    return {name: value for name, value in found.items() if value}


def _name(element: str) -> str:
    return f"{{{NAMESPACE}}}{element}"


def _add(parent: ET.Element, name: str, text: str) -> None:
    ET.SubElement(parent, _name(name)).text = NOT_IN_XML.sub("", text)


def _pair(parent: ET.Element, name: str, value_name: str, value: str) -> None:
    pair = ET.SubElement(parent, _name(name))
    _add(pair, "valueName", value_name)
    _add(pair, "value", value)
