"""What the schema says of bodies beyond their fields: each is needed, and takes no names that nobody knows (5.1(3))."""

from typing import Any


def close_bodies(result: dict[str, Any], **_options: Any) -> dict[str, Any]:
    """Say that what is sent must have a body where it may have one, and no other names in it."""
    for name, described in result["components"]["schemas"].items():
        if name.endswith("Input"):
            described["additionalProperties"] = False
    for operations in result["paths"].values():
        for operation in operations.values():
            if "requestBody" in operation:
                operation["requestBody"]["required"] = True
    return result
