"""The few shapes of FHIR R4 that a cluster report needs, read without trusting any of them."""

from collections.abc import Iterator, Mapping
from typing import Any

Resource = Mapping[str, Any]


def parts(node: Any, *path: str) -> Iterator[Any]:
    """Yield whatever lies at the end of a path, through lists; nothing where the path ends early."""
    if isinstance(node, list):
        for inner in node:
            yield from parts(inner, *path)
    elif not path:
        if node is not None:
            yield node
    elif isinstance(node, Mapping):
        yield from parts(node.get(path[0]), *path[1:])


def words(node: Any, *path: str) -> list[str]:
    """Return the texts at the end of a path."""
    return [found.strip() for found in parts(node, *path) if isinstance(found, str) and found.strip()]


def first(node: Any, *path: str) -> str:
    """Return the first text at the end of a path, or nothing."""
    return next(iter(words(node, *path)), "")


def concept(node: Any, *path: str) -> list[str]:
    """Return every way a concept is said: its text, its codings' names and codes."""
    return [
        said
        for each in parts(node, *path)
        for said in (
            *words(each, "text"),
            *words(each, "coding", "display"),
            *words(each, "coding", "code"),
        )
    ]


def target(node: Any, *path: str) -> str:
    """Return what a reference leads to: the last part of it, by which resources of a bundle are found."""
    return key(first(node, *path, "reference"))


def key(address: str) -> str:
    """Return the id in `Patient/1`, `urn:uuid:1` or a whole address."""
    return address.rstrip("/").rpartition("/")[2].rpartition(":")[2]
