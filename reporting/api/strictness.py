"""What the schema says of bodies beyond their fields: each is needed, and takes no names that nobody knows (5.1(3))."""

from collections.abc import Mapping
from typing import Any


def close_bodies(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Say that what is sent must have a body where it may have one, and no other names in it.

    Of a body of many rows each is answered by itself, so that a wrong row is no wrong body.
    """
    for name, described in result["components"]["schemas"].items():
        if name.endswith(("Input", "Body")):
            described["additionalProperties"] = False
        if name.endswith("Body"):
            _open_rows(described["properties"])
    for operations in result["paths"].values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return result


def _open_rows(fields: Mapping[str, Any]) -> None:
    for field in fields.values():
        if "items" in field:
            field["items"] = {"anyOf": [field["items"], {}]}
